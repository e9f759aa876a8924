import type { Elements } from '@app/contracts';
import {
  answered,
  createVerificationBench,
  lost,
  newElements,
  notSent,
  type Script,
  type VerificationBench,
} from '../../../../test/support/verification-bench';
import { noonInShanghai, realTime } from '../../../../test/support/other-time';
import { TEST_KEYS } from '../../../../test/support/test-keys';
import { statementOf } from './read-statement';
import type { ReconciliationOrder, ReconciliationReport } from './reconciliation.service';
import { StatementLayout } from './statement-layout';
import { type ChargeDesk, withChargeDesk } from './with-charge-desk';

const OPERATOR = { type: 'operator', id: 'spec', name: 'spec' } as const;
const HEADER = ['调用时间', '任务号', '票据代码', '票据号码', '返回码', '是否计费', '费用'];
const DAY_MS = 86_400_000;
const SHANGHAI = (at: Date): string => new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');
const DAY = SHANGHAI(new Date(Date.now() - 2 * DAY_MS)).slice(0, 10);

interface Called {
  id: string;
  attemptId: string;
  elements: Elements;
}

describe('reconciling with a statement', () => {
  let bench: VerificationBench;
  beforeEach(async () => {
    bench = await createVerificationBench();
  });
  afterEach(() => bench.close());
  afterEach(realTime);

  /** A call at noon of a day two days ago: a period that is over. */
  async function called(
    script: Script,
    { tenant = 0, minute = 0, task = null }: { tenant?: 0 | 1; minute?: number; task?: string | null } = {},
  ): Promise<Called> {
    bench.egress.willSay(script);
    const elements = newElements();
    const { id } = await bench.requests.request(bench.tenants[tenant], { elements });
    const [job] = await bench.rows<{ data: { tenantId: string; verificationId: string; attemptId: string } }>(
      `select data from pgboss.job where data->>'verificationId' = $1`,
      [id],
    );
    await bench.sending.send(job!.data, { id: 'job', signal: new AbortController().signal });
    const { attemptId } = job!.data;
    await bench.rows(`update attempt set created_at = $2, finished_at = $2, provider_task_number = $3 where id = $1`, [
      attemptId,
      new Date(`${DAY}T12:${String(minute).padStart(2, '0')}:00+08:00`),
      task,
    ]);
    return { id, attemptId, elements };
  }
  const listed = (one: Called, code: string, fee: string, { minute = 0, task = '' } = {}): string[] => [
    `${DAY} 12:${String(minute).padStart(2, '0')}:01`,
    task,
    one.elements.billCode,
    one.elements.billNumber,
    code,
    fee === '0.00' ? '否' : '是',
    fee,
  ];
  const desk = <T>(work: (desk: ChargeDesk) => Promise<T>): Promise<T> =>
    withChargeDesk({ ownerUrl: bench.ownerUrl, hashKey: 'k'.repeat(32), applicationName: 'spec-desk' }, work);
  const reconcile = (rows: string[][], changes: Partial<ReconciliationOrder> = {}): Promise<ReconciliationReport> => {
    const table = { header: HEADER, rows: rows.map((cells, at) => ({ line: at + 2, cells })) };
    const file = { sha256: 'c'.repeat(64), statement: statementOf(table, StatementLayout.parse({})) };
    const order: ReconciliationOrder = {
      provider: 'netocr',
      file,
      period: { from: DAY, to: DAY },
      toleranceMs: 600_000,
      apply: false,
      ...changes,
    };
    return desk(async ({ reconciliation }) => (await reconciliation(TEST_KEYS)).run(OPERATOR, order));
  };
  const stateOf = async ({ id }: Called, tenant: 0 | 1 = 0) => (await bench.verifications.get(bench.tenants[tenant], id)).verification;
  const countOf = async (table: string): Promise<number> =>
    (await bench.rows<{ count: number }>(`select count(*)::int as count from ${table}`))[0]!.count;

  it('settles the unknown calls of all tenants, once, and says the second time that nothing changed', async () => {
    await desk(({ prices }) => prices.set(OPERATOR, { provider: 'netocr', hao: 3_550n, validFrom: '2026-01-01' }));
    const match = await called(answered('0', { reversed: false }), { minute: 1 });
    const charged = await called(lost, { minute: 2 });
    const free = await called(lost, { tenant: 1, minute: 3 });
    const absent = await called(lost, { tenant: 1, minute: 4 });
    await called(notSent, { minute: 5 });
    const rows = [
      listed(match, '0', '0.355', { minute: 1 }),
      listed(charged, '0', '0.355', { minute: 2 }),
      listed(free, '-30010', '0.00', { minute: 3 }),
    ];

    const dry = await reconcile(rows);
    expect(dry).toMatchObject({ isApplied: false, lines: 3, pairs: 3, differences: [] });
    expect(await countOf('charge_settlement')).toBe(0);
    expect(await countOf('reconciliation')).toBe(0);

    const applied = await reconcile(rows, { apply: true });
    expect(applied).toEqual({ ...dry, isApplied: true });
    expect(applied.settlements).toMatchObject(
      [
        { attemptId: charged.attemptId, charge: 'charged', line: 3, providerCode: '0' },
        { attemptId: free.attemptId, charge: 'notCharged', line: 4, providerCode: '-30010' },
        { attemptId: absent.attemptId, charge: 'notCharged', line: null },
      ].sort((a, b) => (a.attemptId < b.attemptId ? -1 : 1)),
    );
    expect(await stateOf(charged)).toMatchObject({ state: 'settled', charge: 'charged', settledOutcome: 'MATCH' });
    expect(await stateOf(free, 1)).toMatchObject({ state: 'settled', charge: 'notCharged' });
    expect(await stateOf(absent, 1)).toMatchObject({ state: 'settled', charge: 'notCharged', settledOutcome: null });
    expect(await stateOf(match)).toMatchObject({ state: 'answered', charge: 'charged' });

    const audited = await bench.rows<{ action: string }>(`select action from audit_entry where action like 'charge.%' order by action`);
    expect(audited.map(({ action }) => action)).toEqual([
      ...Array.from({ length: 2 }, () => 'charge.reconcile'),
      ...Array.from({ length: 3 }, () => 'charge.settle'),
    ]);
    const before = [await countOf('charge_settlement'), await countOf('reconciliation'), await countOf('audit_entry')];
    expect(await reconcile(rows, { apply: true })).toMatchObject({ settlements: [], differences: [], pairs: 3, isRepeated: true });
    expect([await countOf('charge_settlement'), await countOf('reconciliation'), await countOf('audit_entry')]).toEqual(before);
  });

  it('records differences and changes no charge that was known', async () => {
    await desk(({ prices }) => prices.set(OPERATOR, { provider: 'netocr', hao: 3_550n, validFrom: '2026-01-01' }));
    const refunded = await called(answered('0', { reversed: false }), { minute: 1, task: 't-1' });
    const missing = await called(answered('-30001'), { minute: 2 });
    const dearer = await called(answered('-30002'), { minute: 3 });
    const billed = await called(answered('-30004'), { minute: 4 });
    const unknown = await called(lost, { minute: 5 });
    const rows = [
      listed(refunded, '0', '0.00', { minute: 1, task: 't-1' }),
      listed(dearer, '-30002', '0.40', { minute: 3 }),
      listed(billed, '-30004', '0.355', { minute: 4 }),
      listed({ ...missing, elements: newElements() }, '0', '0.355'),
      ['when?', '', '', '', '', '', ''],
    ];
    const charges = () => bench.rows('select attempt_id, state from charge order by attempt_id');
    const before = await charges();
    const report = await reconcile(rows, { apply: true });
    expect(report.differences.map(({ kind, line, attemptId }) => [kind, line, attemptId])).toEqual([
      ['chargedHereNotThere', 2, refunded.attemptId],
      ['feeDiffers', 3, dearer.attemptId],
      ['chargedThereNotHere', 4, billed.attemptId],
      ['lineWithoutAttempt', 5, null],
      ['unreadableRow', 6, null],
      ...[
        ['attemptNotInStatement', null, missing.attemptId],
        ['unknownNotCovered', null, unknown.attemptId],
      ].sort(([, , a], [, , b]) => (a! < b! ? -1 : 1)),
    ]);
    expect(report.settlements).toEqual([]);
    expect(await charges()).toEqual(before);
    expect(await stateOf(unknown)).toMatchObject({ state: 'unknown' });
    const recorded = await bench.rows('select kind, statement_line, attempt_id, bill from reconciliation_difference order by number');
    expect(recorded).toEqual(
      report.differences.map(({ kind, line, attemptId, bill }) => ({ kind, statement_line: line, attempt_id: attemptId, bill })),
    );
    expect(await bench.rows('select difference_count, settled_count from reconciliation')).toEqual([
      { difference_count: 7, settled_count: 0 },
    ]);
    expect(await reconcile(rows, { apply: true })).toMatchObject({ isRepeated: true });
  });

  it('concludes nothing from an absence without a period, and takes no period that is not over', async () => {
    const charged = await called(answered('0', { reversed: false }), { minute: 1 });
    const unknown = await called(lost, { minute: 2 });
    const report = await reconcile([listed(charged, '0', '0.50', { minute: 1 })], { period: null, apply: true });
    expect(report).toMatchObject({ settlements: [], differences: [{ kind: 'unknownNotCovered', attemptId: unknown.attemptId }] });
    noonInShanghai();
    const today = SHANGHAI(new Date()).slice(0, 10);
    await expect(reconcile([], { period: { from: DAY, to: today } })).rejects.toThrow('must end before today');
    await expect(reconcile([['1999-01-01 00:00:00', 't', '', '', '', '是', '']])).rejects.toThrow('more than 400 days');
  });

  it('counts calls at the price of their day, exact to a fraction of a 分, and tells every tenant that it was set', async () => {
    await called(answered('0', { reversed: false }));
    await desk(async ({ prices }) => {
      await prices.set(OPERATOR, { provider: 'netocr', hao: 4_000n, validFrom: '2026-01-01' });
      await prices.set(OPERATOR, { provider: 'netocr', hao: 3_550n, validFrom: '2026-01-01' });
      await prices.set(OPERATOR, { provider: 'netocr', hao: 9_000n, validFrom: '2999-01-01' });
      await prices.set(OPERATOR, { provider: 'jumdata', hao: 1n, validFrom: '2026-01-01' });
    });
    await called(answered('0', { reversed: false }), { tenant: 1 });
    const tomorrow = SHANGHAI(new Date(Date.now() + DAY_MS)).slice(0, 10);
    const costs = await desk(({ costs: all }) => all.overview(OPERATOR, { from: DAY, to: tomorrow, by: 'tenant' }));
    expect(costs).toMatchObject({
      rows: [
        { key: 'first', calls: 1, amountYuan: '0.50', hasPlaceholderPrice: true },
        { key: 'second', calls: 1, amountYuan: '0.355', hasPlaceholderPrice: false },
      ],
      total: { calls: 2, charged: 2, amountYuan: '0.855', hasPlaceholderPrice: true },
    });
    expect(await bench.rows(`select 1 from audit_entry where action = 'callPrice.set'`)).toHaveLength(8);
  });

  it('keeps prices, records and settlements from being changed by the processes', async () => {
    const denied = async (sql: string): Promise<void> => {
      await expect(bench.apiWork.run(bench.tenants[0], ({ manager }) => manager.query(sql))).rejects.toThrow('permission denied');
    };
    await denied('update charge_settlement set charge = charge');
    await denied('delete from charge_settlement');
    await denied(
      `insert into call_price (id, provider, valid_from, price_hao, set_by) values (gen_random_uuid(), 'netocr', '2026-01-01', 1, 'x')`,
    );
    await denied('select * from reconciliation');
    await denied('select * from reconciliation_difference');
  });
});
