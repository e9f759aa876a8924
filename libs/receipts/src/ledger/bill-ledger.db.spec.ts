import type { Elements, ElementsRead } from '@app/contracts';
import type { TenantContext } from '@app/database';
import { emptyFace } from '@app/providers';
import { v7 as uuidv7 } from 'uuid';
import { createLedgerBench, type LedgerBench } from '../../../../test/support/ledger-bench';
import { newElements } from '../../../../test/support/verification-bench';
import { Correction } from '../review/correction.entity';
import type { VerificationNews } from './verification-note';

describe('the ledger', () => {
  let bench: LedgerBench;
  let ours: TenantContext;
  let theirs: TenantContext;
  beforeAll(async () => {
    bench = await createLedgerBench();
    [ours, theirs] = bench.tenants;
  });
  afterAll(() => bench.close());

  const all = async (elements: ElementsRead, tenant = ours) => {
    const { billCode, billNumber } = elements;
    const { items } = await bench.bills.page(tenant, { billCode: billCode!, billNumber: billNumber!, limit: 10 });
    return items;
  };
  const bill = async (elements: ElementsRead, tenant = ours) => {
    const [only, ...others] = await all(elements, tenant);
    expect(others).toEqual([]);
    return only!;
  };
  const detail = async (elements: ElementsRead) => bench.bills.get(ours, (await bill(elements)).id);
  const noted = (elements: Elements, news: Partial<VerificationNews>, tenant = ours) =>
    bench.worker.run(tenant, (tx) =>
      bench.ledger.noteVerification(tx, {
        ...{ verificationId: uuidv7(), receiptId: null, elements, state: 'answered', verdict: 'valid', outcome: 'MATCH' },
        ...{ face: { ...emptyFace(), reversed: false }, finishedAt: new Date(), ...news },
      }),
    );
  const mismatch = { verdict: 'mismatch', outcome: 'MISMATCH', face: null } as const;

  describe('of readings', () => {
    it('holds a bill with what was read, once, however often it is told', async () => {
      const elements = newElements({ totalAmount: '12226.24', billCode: '01060126' });
      const receipt = await bench.read(ours, elements, {
        fields: { payee: '示例市第一医院', title: '门诊票据' },
        kind: 'medical-inpatient',
      });
      await bench.worker.run(ours, (tx) => bench.ledger.noteReading(tx, receipt));
      const { checkCode, issueDate, billCode, billNumber } = elements;
      expect(await bill(elements)).toMatchObject({
        ...{ billCode, billNumber, checkCode, issueDate, amountFen: 1_222_624n, kind: 'medical-inpatient', title: '门诊票据' },
        ...{ payee: '示例市第一医院', state: 'unverified', verdict: null, receiptCount: 1, booking: null, isContradicted: false },
      });
      expect((await detail(elements)).receipts).toMatchObject([{ receiptId: receipt.id, billIndex: 1, uploadedBy: 'key-of-first' }]);
    });

    it('waits for a person where the machine is not sure, and holds no bill whose code or number is not known', async () => {
      const elements = newElements();
      await bench.read(ours, { ...elements, issueDate: '2026-02-30', totalAmount: null }, { decision: 'review' });
      expect(await bill(elements)).toMatchObject({ state: 'review', issueDate: null, amountFen: null });
      const before = await bench.rows('select id from bill order by id');
      await bench.read(ours, { ...newElements(), billNumber: null });
      expect(await bench.rows('select id from bill order by id')).toEqual(before);
    });

    it('counts the documents that show a bill, with who uploaded which and when, and never those of another tenant', async () => {
      const elements = newElements();
      const first = await bench.read(ours, elements, { sha256: 'a'.repeat(64), fileName: 'one.jpg' });
      const same = await bench.read({ ...ours, actor: { ...ours.actor, id: 'key-2' } }, elements, { sha256: 'a'.repeat(64) });
      const other = await bench.read(ours, elements, { sha256: 'b'.repeat(64) });
      await bench.read(theirs, elements);
      expect((await bill(elements)).receiptCount).toBe(3);
      expect((await detail(elements)).receipts).toMatchObject([
        { receiptId: first.id, sha256: 'a'.repeat(64), uploadedBy: 'key-of-first', fileName: 'one.jpg' },
        { receiptId: same.id, sha256: 'a'.repeat(64), uploadedBy: 'key-2' },
        { receiptId: other.id, sha256: 'b'.repeat(64) },
      ]);
      expect(await bill(elements, theirs)).toMatchObject({ receiptCount: 1 });
      await expect(bench.bills.get(theirs, (await bill(elements)).id)).rejects.toMatchObject({ code: 'not-found' });
      expect((await bench.bills.page(ours, { duplicate: true, limit: 200 })).items.map(({ id }) => id)).toContain(
        (await bill(elements)).id,
      );
    });

    it('keeps one bill when many documents of it are read at once', async () => {
      const elements = newElements();
      const receipts = await Promise.all(Array.from({ length: 8 }, () => bench.receipt(ours, [elements])));
      await Promise.all(receipts.map((receipt) => bench.worker.run(ours, (tx) => bench.ledger.noteReading(tx, receipt))));
      expect((await bill(elements)).receiptCount).toBe(8);
    });

    it('holds every bill of a document, and a bill that stands there twice as one document', async () => {
      const elements = [newElements(), newElements()] as const;
      const receipt = await bench.receipt(ours, [...elements, elements[0]]);
      await bench.worker.run(ours, (tx) => bench.ledger.noteReading(tx, receipt));
      expect((await bill(elements[0])).receiptCount).toBe(1);
      expect((await detail(elements[0])).receipts.map(({ billIndex }) => billIndex)).toEqual([1, 3]);
      expect((await bill(elements[1])).receiptCount).toBe(1);
    });
  });

  describe('of corrections', () => {
    const corrected = (receiptId: string, values: Record<string, string>, billNumber = 1) =>
      Object.assign(new Correction(), {
        ...{ tenantId: ours.tenantId, receiptId, billNumber, version: 1, createdBy: 'key', createdByName: 'key', createdAt: new Date() },
        fields: Object.fromEntries(Object.entries(values).map(([name, to]) => [name, { from: null, to }])),
      });

    it('takes the person’s word, and is sure once all five elements are vouched for', async () => {
      const elements = newElements();
      const receipt = await bench.read(ours, { ...elements, checkCode: null }, { decision: 'review' });
      const note = (values: Record<string, string>) =>
        bench.api.run(ours, (tx) => bench.ledger.noteCorrection(tx, receipt, corrected(receipt.id, values)));
      await note({ checkCode: '5do7ea', payee: '示例慈善总会' });
      expect(await bill(elements)).toMatchObject({ state: 'review', checkCode: '5do7ea', payee: '示例慈善总会' });
      await note({ ...elements });
      expect(await bill(elements)).toMatchObject({ state: 'unverified', checkCode: elements.checkCode, receiptCount: 1 });
    });

    it('moves the document to the bill that it shows, and leaves the other as corrected', async () => {
      const [misread, right] = [newElements(), newElements()];
      const receipt = await bench.read(ours, misread, { decision: 'review' });
      await bench.api.run(ours, (tx) => bench.ledger.noteCorrection(tx, receipt, corrected(receipt.id, { billNumber: right.billNumber })));
      expect(await bill(misread)).toMatchObject({ state: 'corrected', receiptCount: 0 });
      expect(await bill(right)).toMatchObject({ state: 'review', receiptCount: 1 });
      await bench.read(ours, misread);
      expect(await bill(misread)).toMatchObject({ state: 'unverified', receiptCount: 1 });
    });
  });

  describe('of verifications', () => {
    it('goes from not verified to being verified to a match, with what the provider tells', async () => {
      const elements = newElements();
      await bench.read(ours, elements);
      const verificationId = uuidv7();
      await noted(elements, { verificationId, state: 'queued', verdict: 'none', outcome: null, face: null, finishedAt: null });
      expect(await bill(elements)).toMatchObject({ state: 'inProgress', verificationId, verifiedAt: null });
      const finishedAt = new Date('2026-11-20T01:02:03.456Z');
      const face = { ...emptyFace(), reversed: false, accounted: true, payee: '示例大学', title: '示例票据' };
      await noted(elements, { verificationId, face, finishedAt });
      expect(await bill(elements)).toMatchObject({
        ...{ state: 'match', verdict: 'valid', outcome: 'MATCH', verifiedAt: finishedAt, payee: '示例大学', title: '示例票据' },
        ...{ reversed: false, accounted: true, printed: null, receiptCount: 1 },
      });
    });

    it('takes whatever a provider or a document writes: no note may undo the answer that it tells of', async () => {
      const elements = newElements();
      const wild = `\u0000=${'票'.repeat(300)}\ud800\n`;
      const item = {
        sequence: null,
        itemCode: null,
        standard: null,
        unit: null,
        quantity: null,
        unitPrice: null,
        amount: null,
        itemRemark: null,
      };
      await bench.read(
        ours,
        { ...elements, checkCode: '\u0000' },
        { fields: { payee: wild, title: wild }, items: [wild], fileName: wild.slice(1) },
      );
      await bench.read(ours, { ...newElements(), billCode: wild });
      const face = { ...emptyFace(), reversed: false, payee: wild, title: wild, items: [{ ...item, itemName: wild }] };
      await noted(elements, { face });
      expect(await bill(elements)).toMatchObject({ state: 'match', checkCode: elements.checkCode });
      expect((await bill(elements)).payee).toMatch(/^=票{190,}/u);
    });

    it('holds a bill that was only asked about', async () => {
      const elements = newElements();
      await noted(elements, { state: 'refused', verdict: 'none', outcome: 'OVER_WINDOW', face: null });
      expect(await bill(elements)).toMatchObject({
        state: 'refused',
        outcome: 'OVER_WINDOW',
        kind: null,
        receiptCount: 0,
        verifiedAt: null,
      });
    });

    it('shows a later reversal over an earlier match, and never the other way', async () => {
      const elements = newElements();
      await noted(elements, {});
      await noted(elements, { verdict: 'reversed', face: { ...emptyFace(), reversed: true } });
      expect(await bill(elements)).toMatchObject({ state: 'reversed', reversed: true });
      await noted(elements, {});
      expect(await bill(elements)).toMatchObject({ state: 'reversed', reversed: true });
    });

    it('keeps a match through a typing error, a lost reply, a refusal and late news, but not through a no to the same elements', async () => {
      const elements = newElements();
      await noted(elements, {});
      await noted({ ...elements, checkCode: '000000' }, mismatch);
      await noted(elements, { state: 'unknown', verdict: 'unknown', outcome: 'NETWORK_TIMEOUT', face: null });
      await noted(elements, { state: 'refused', verdict: 'none', outcome: 'DAILY_LIMIT', face: null });
      await noted(elements, { ...mismatch, finishedAt: new Date('2026-01-01T00:00:00Z') });
      expect(await bill(elements)).toMatchObject({ state: 'match', checkCode: elements.checkCode, outcome: 'DAILY_LIMIT' });
      await noted(elements, mismatch);
      expect(await bill(elements)).toMatchObject({ state: 'mismatch' });
    });

    it('is contradicted by a sure document with other elements, before and after, until a person corrects it', async () => {
      const elements = newElements();
      const forged = { ...elements, totalAmount: '9486.20' };
      const receipt = await bench.read(ours, forged);
      await noted(elements, {});
      expect(await bill(elements)).toMatchObject({ state: 'match', amountFen: 48_620n, isContradicted: true });
      const fields = { totalAmount: { from: forged.totalAmount, to: elements.totalAmount } };
      const correction = Object.assign(new Correction(), { ...{ receiptId: receipt.id, billNumber: 1, fields } });
      await bench.api.run(ours, (tx) => bench.ledger.noteCorrection(tx, receipt, correction));
      expect(await bill(elements)).toMatchObject({ state: 'match', isContradicted: false });
      await bench.read(ours, { ...forged, totalAmount: null }, { decision: 'review' });
      expect(await bill(elements)).toMatchObject({ isContradicted: false, amountFen: 48_620n });
      await bench.read(ours, forged);
      expect(await bill(elements)).toMatchObject({ state: 'match', amountFen: 48_620n, isContradicted: true, receiptCount: 3 });
    });

    it('counts a document of which only a person says what it shows', async () => {
      const elements = newElements();
      const receipt = await bench.read(ours, { ...elements, billNumber: null }, { decision: 'review' });
      await noted(elements, { receiptId: receipt.id });
      await noted(elements, { receiptId: receipt.id });
      expect(await bill(elements)).toMatchObject({ state: 'match', receiptCount: 1 });
      expect((await detail(elements)).receipts).toMatchObject([{ receiptId: receipt.id }]);
    });

    it('stays the tenant’s own', async () => {
      const elements = newElements();
      await bench.read(ours, elements);
      await noted(elements, {}, theirs);
      expect([(await bill(elements)).state, (await bill(elements, theirs)).state]).toEqual(['unverified', 'match']);
    });

    it('cannot change a bill’s identity or history, and the worker books nothing', async () => {
      const run = (work: typeof bench.api, sql: string) => work.run(ours, ({ manager }) => manager.query(sql));
      for (const sql of [
        `update bill set bill_code = '1'`,
        'delete from bill',
        'delete from bill_booking',
        `update bill_booking set voucher = ''`,
      ]) {
        await expect(run(bench.api, sql)).rejects.toThrow('permission denied');
        await expect(run(bench.worker, sql)).rejects.toThrow('permission denied');
      }
      await expect(run(bench.worker, `update bill set voucher = '1'`)).rejects.toThrow('permission denied');
    });

    it('cannot be written as a match without the verdict, by anyone', async () => {
      await expect(bench.rows(`update bill set state = 'match', verdict = null`)).rejects.toThrow('bill_match_ck');
    });
  });
});
