import type { BillFilter, BillSort, Elements } from '@app/contracts';
import type { TenantContext } from '@app/database';
import { emptyFace } from '@app/providers';
import { v7 as uuidv7 } from 'uuid';
import { createLedgerBench, type LedgerBench, type MadeUpReceipt } from '../../../../test/support/ledger-bench';
import { newElements } from '../../../../test/support/verification-bench';

/** Bills of one tenant, by a name each, and a decoy of every one at the other tenant. */
const MADE: Record<string, { elements?: Partial<Elements>; made?: MadeUpReceipt; verifiedAt?: string }> = {
  hospital: {
    elements: { issueDate: '2026-03-01', totalAmount: '0.05', checkCode: '0aB0c1' },
    made: { fields: { payee: '示例市第一医院', title: '浙江省医疗门诊收费票据（电子）' }, items: ['检查费', 'ＣＴ平扫'] },
    verifiedAt: '2026-07-12T15:59:59.999Z',
  },
  branch: {
    elements: { issueDate: '2026-03-02', totalAmount: '100.00' },
    made: { fields: { payee: '示例市第一医院东院' }, items: ['西药费'], fileName: '张三报销_2026-0712.jpg' },
    verifiedAt: '2026-07-12T16:00:00.000Z',
  },
  university: {
    elements: { issueDate: '2026-03-02', totalAmount: '5800.00' },
    made: { fields: { payee: '示例大学', title: '示例医院联合培养学费票据' }, kind: 'non-tax' },
  },
  charity: { elements: { issueDate: '2026-03-31', totalAmount: '999999999999.99' }, made: { kind: 'donation', decision: 'review' } },
  blank: { made: { decision: 'review', fileName: 'scan%_\\.jpg' } },
};
type Name = keyof typeof MADE;

describe('searching the ledger', () => {
  let bench: LedgerBench;
  let ours: TenantContext;
  const names = new Map<string, Name>();
  const elementsOf = new Map<Name, Elements>();

  beforeAll(async () => {
    bench = await createLedgerBench();
    const [first, second] = bench.tenants;
    ours = first;
    for (const tenant of [first, second]) {
      for (const [name, { elements, made, verifiedAt }] of Object.entries(MADE)) {
        const own = elementsOf.get(name) ?? newElements(elements);
        elementsOf.set(name, own);
        await bench.read(tenant, name === 'blank' ? { ...own, issueDate: null, totalAmount: null, checkCode: null } : own, made);
        if (verifiedAt !== undefined) await verified(tenant, own, new Date(verifiedAt));
      }
    }
    const rows = await bench.rows<{ id: string; number: string }>(`select id, bill_number as number from bill where tenant_id = $1`, [
      first.tenantId,
    ]);
    for (const { id, number } of rows) names.set(id, [...elementsOf].find(([, { billNumber }]) => billNumber === number)![0]);
  });
  afterAll(() => bench.close());

  const verified = (tenant: TenantContext, elements: Elements, finishedAt: Date) =>
    bench.worker.run(tenant, (tx) =>
      bench.ledger.noteVerification(tx, {
        ...{ verificationId: uuidv7(), receiptId: null, elements, state: 'answered', verdict: 'valid', outcome: 'MATCH' },
        ...{ face: { ...emptyFace(), reversed: false }, finishedAt },
      }),
    );

  /** Names of the bills found, in the order in which they were, page by page. */
  async function found(filter: BillFilter, sort?: BillSort, limit = 2): Promise<string[]> {
    const all: string[] = [];
    for (let cursor: string | undefined; ;) {
      const { items, next } = await bench.bills.page(ours, { ...filter, sort, limit, cursor });
      all.push(...items.map(({ id }) => names.get(id) ?? 'foreign'));
      if (next === null) return all;
      expect(items).toHaveLength(limit);
      cursor = next;
    }
  }

  it('gives all, newest first, by any size of page', async () => {
    for (const limit of [1, 2, 3, 5, 200]) {
      expect(await found({}, undefined, limit)).toEqual(['blank', 'charity', 'university', 'branch', 'hospital']);
    }
  });

  it('orders by day and by amount, those without one last', async () => {
    for (const limit of [1, 2, 5]) {
      expect(await found({}, 'issueDate', limit)).toEqual(['charity', 'university', 'branch', 'hospital', 'blank']);
      expect(await found({}, 'amount', limit)).toEqual(['charity', 'university', 'branch', 'hospital', 'blank']);
    }
  });

  it.each<[BillFilter, Name[]]>([
    [{ checkCode: '0aB0c1' }, ['hospital']],
    [{ checkCode: '0AB0C1' }, []],
    [{ state: ['match'] }, ['branch', 'hospital']],
    [{ state: ['match', 'review'] }, ['blank', 'charity', 'branch', 'hospital']],
    [{ kind: ['donation', 'non-tax'] }, ['charity', 'university']],
    [{ kind: ['donation'], state: ['match'] }, []],
    [{ issuedFrom: '2026-03-02', issuedTo: '2026-03-02' }, ['university', 'branch']],
    [{ issuedTo: '2026-03-01' }, ['hospital']],
    [{ issuedFrom: '2026-03-03' }, ['charity']],
    [{ amountFrom: '0.05', amountTo: '100.00' }, ['branch', 'hospital']],
    [{ amountTo: '0.04' }, []],
    [{ amountFrom: '999999999999.99' }, ['charity']],
    // Midnight in Shanghai lies between the two.
    [{ verifiedTo: '2026-07-12' }, ['hospital']],
    [{ verifiedFrom: '2026-07-13' }, ['branch']],
    [{ booked: true }, []],
    [{ duplicate: false, state: ['match'] }, ['branch', 'hospital']],
    [{ q: '第一医院' }, ['branch', 'hospital']],
    [{ q: '医院' }, ['university', 'branch', 'hospital']],
    [{ payee: '医院' }, ['branch', 'hospital']],
    [{ payee: '示例 医院' }, ['branch', 'hospital']],
    [{ q: '院' }, ['university', 'branch', 'hospital']],
    [{ q: '收费票据(电子)' }, ['hospital']],
    [{ q: 'ct' }, ['hospital']],
    [{ q: '第一医院 西药' }, ['branch']],
    [{ q: '第一医院 学费' }, []],
    [{ q: '0712' }, ['branch']],
    [{ q: '071' }, []],
    [{ q: '三报' }, ['branch']],
    [{ q: '三费' }, []],
    [{ payee: '三报' }, []],
    [{ q: '张三李' }, []],
    [{ q: '张三报销' }, ['branch']],
    [{ q: 'scan' }, ['blank', 'charity', 'university', 'hospital']],
    [{ q: 'jpg' }, []],
    [{ q: '第一医院', amountFrom: '1.00' }, ['branch']],
    [{ q: '第一医院', state: ['match'], issuedTo: '2026-03-01', kind: ['medical-outpatient'] }, ['hospital']],
  ])('finds by %j: %j', async (filter, expected) => {
    expect(await found(filter, 'newest')).toEqual(expected);
    for (const sort of [undefined, 'issueDate', 'amount'] as const)
      expect((await found(filter, sort)).sort()).toEqual([...expected].sort());
  });

  it('finds by each element, and by all', async () => {
    for (const [name, { billCode, billNumber }] of elementsOf) {
      expect(await found({ billNumber })).toEqual([name]);
      expect(await found({ billCode, billNumber, q: '医院' }, 'amount')).toEqual(
        ['hospital', 'branch', 'university'].includes(name) ? [name] : [],
      );
    }
    expect(await found({ billCode: '99060126' }, 'newest')).toHaveLength(5);
  });

  it('finds the same by the index alone, where the next bills in the order do not fill a page', async () => {
    // A page larger than the ledger is never filled by them.
    expect(await found({ q: '医院', state: ['match'] }, 'newest', 200)).toEqual(['branch', 'hospital']);
  });

  it('finds what is part of very many texts', async () => {
    const { tenantId } = ours;
    await bench.rows(`insert into bill_text select $1, 'payee', n, '医院' || n from generate_series(1, 2001) n`, [tenantId]);
    for (const limit of [1, 2, 50]) expect(await found({ q: '医院' }, 'newest', limit)).toEqual(['university', 'branch', 'hospital']);
    expect(await found({ q: '医院', state: ['match'] }, 'newest')).toEqual(['branch', 'hospital']);
    expect(await found({ q: '医院 西药' }, 'newest')).toEqual(['branch']);
    await bench.rows(`delete from bill_text where term between 1 and 2001`);
  });

  it('keeps to its tenant without row security, too', async () => {
    const tables = ['bill', 'bill_text', 'bill_term', 'bill_receipt', 'bill_booking'];
    for (const table of tables) await bench.rows(`alter table ${table} disable row level security`);
    try {
      expect(await found({ q: '医院' }, 'issueDate')).toHaveLength(3);
      expect(await found({ q: '西药费 第一医院' })).toEqual(['branch']);
      expect(await found({})).toHaveLength(5);
      const [bill] = (await bench.bills.page(ours, { limit: 1 })).items;
      await expect(bench.bills.get(bench.tenants[1], bill!.id)).rejects.toMatchObject({ code: 'not-found' });
      await expect(bench.bookings.book(bench.tenants[1], bill!.id, { voucher: '1', override: true, reason: '1' })).rejects.toMatchObject({
        code: 'not-found',
      });
    } finally {
      for (const table of tables) await bench.rows(`alter table ${table} enable row level security`);
    }
  });

  it.each<[BillSort | undefined, string]>([
    ['newest', '2026-03-01.0198c0de-0000-7000-8000-000000000000'],
    ['issueDate', '2026-02-30.0198c0de-0000-7000-8000-000000000000'],
    ['issueDate', '0198c0de-0000-7000-8000-000000000000'],
    ['amount', '1.5.0198c0de-0000-7000-8000-000000000000'],
  ])('refuses for the order %s the cursor %s', async (sort, cursor) => {
    await expect(bench.bills.page(ours, { sort, cursor, limit: 2 })).rejects.toMatchObject({ code: 'invalid-field' });
  });
});
