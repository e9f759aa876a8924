import { CorrectionView, type Elements, Problem, ReceiptPage, ReceiptView, VerificationView } from '@app/contracts';
import sharp from 'sharp';
import { type ApiBench, createApiBench } from '../../../../test/support/api-bench';
import { madeUpReading } from '../../../../test/support/made-up-reading';
import { newElements } from '../../../../test/support/verification-bench';

describe('correcting a receipt', () => {
  let bench: ApiBench;
  beforeAll(async () => {
    bench = await createApiBench();
  });
  afterAll(() => bench.close());

  /** A receipt that was read with a doubt. */
  async function doubtful(elements: Elements, changes: Parameters<typeof madeUpReading>[1] = {}): Promise<ReceiptView> {
    bench.reader.script = () => madeUpReading(elements, { decision: 'review', ...changes });
    const background = { r: 255, g: 255, b: 255 };
    const png = await sharp({ create: { width: 40, height: 30, channels: 3, background } })
      .png()
      .toBuffer();
    const headers = { prefer: 'wait=20', 'content-type': 'image/png' };
    const response = await bench.fetch('/v1/receipts', { method: 'POST', body: new Uint8Array(png), headers });
    return ReceiptView.parse(await response.json());
  }
  const correct = (id: string, body: object, { bill = 1, key = bench.keys[0] }: { bill?: number | string; key?: string } = {}) =>
    bench.fetch(`/v1/receipts/${id}/bills/${bill}/corrections`, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json' },
      key,
    });
  const corrected = async (...args: Parameters<typeof correct>): Promise<CorrectionView> => {
    const response = await correct(...args);
    expect(response.status).toBe(201);
    return CorrectionView.parse(await response.json());
  };
  const problemOf = async (answer: Promise<Response>): Promise<[number, string, string | null]> => {
    const response = await answer;
    const { code, field } = Problem.parse(await response.json());
    return [response.status, code, field];
  };
  const shown = async (id: string): Promise<ReceiptView> => ReceiptView.parse(await (await bench.fetch(`/v1/receipts/${id}`)).json());
  const auditOf = async (id: string): Promise<object[]> =>
    (await bench.rows<{ detail: object }>(`select detail from audit_entry where target_id = $1 and action = 'receipt.correct'`, [id])).map(
      ({ detail }) => detail,
    );
  const verify = (receiptId: string): Promise<Response> =>
    bench.fetch('/v1/verifications', {
      method: 'POST',
      body: JSON.stringify({ receiptId }),
      headers: { 'content-type': 'application/json', prefer: 'wait=20' },
    });

  it('keeps the person’s values beside the machine’s, with who and when, and puts names but no values on record', async () => {
    const elements = newElements({ checkCode: '5d07ea' });
    const before = await doubtful(elements);
    const correction = await corrected(before.id, {
      basedOn: 0,
      fields: { checkCode: '5do7ea', billCode: elements.billCode, payer: '张三' },
    });
    expect(correction).toMatchObject({
      bill: 1,
      version: 1,
      fields: {
        checkCode: { from: '5d07ea', to: '5do7ea' },
        billCode: { from: elements.billCode, to: elements.billCode },
        payer: { from: null, to: '张三' },
      },
      by: { name: 'spec' },
    });
    const masked = { ...correction, fields: { ...correction.fields, payer: { from: null, to: '张*' } } };
    expect(await shown(before.id)).toEqual({ ...before, bases: [], corrections: [masked] });
    expect(await auditOf(before.id)).toEqual([{ bill: 1, version: 1, changed: 'checkCode,payer', confirmed: 'billCode' }]);
    const list = ReceiptPage.parse(await (await bench.fetch('/v1/receipts?limit=1')).json());
    expect(list.items[0]!.bills[0]).toMatchObject({ elements: { ...elements, checkCode: '5do7ea' }, isReviewed: true });
  });

  it('lets no review overwrite one that its author has not seen', async () => {
    const { id } = await doubtful(newElements());
    const both = await Promise.all(['1.00', '2.00'].map((totalAmount) => correct(id, { basedOn: 0, fields: { totalAmount } })));
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
    expect(await problemOf(correct(id, { basedOn: 0, fields: { totalAmount: '3.00' } }))).toEqual([409, 'correction-outdated', null]);
    expect(await problemOf(correct(id, { basedOn: 2, fields: { totalAmount: '3.00' } }))).toEqual([409, 'correction-outdated', null]);
    expect((await corrected(id, { basedOn: 1, fields: { totalAmount: '3.00' } })).version).toBe(2);
    expect(await auditOf(id)).toHaveLength(2);
    const kept = await bench.rows('select version from receipt_correction where receipt_id = $1 order by version', [id]);
    expect(kept).toEqual([{ version: 1 }, { version: 2 }]);
  });

  it('is one version however often it is sent, and is taken back by an empty one', async () => {
    const { id } = await doubtful(newElements());
    const once = await corrected(id, { basedOn: 0, fields: { totalAmount: '1.00' } });
    expect(await corrected(id, { basedOn: 0, fields: { totalAmount: '1.00' } })).toEqual(once);
    expect(await auditOf(id)).toHaveLength(1);
    await corrected(id, { basedOn: 1, fields: {} });
    const list = ReceiptPage.parse(await (await bench.fetch('/v1/receipts?limit=1')).json());
    expect(list.items[0]!.bills[0]!.isReviewed).toBe(false);
  });

  it.each<[object, string]>([
    [{ basedOn: 0, fields: { billCode: '123' } }, 'fields.billCode'],
    [{ basedOn: 0, fields: { issueDate: '2026-02-30' } }, 'fields.issueDate'],
    [{ basedOn: 0, fields: { totalAmount: '486.2' } }, 'fields.totalAmount'],
    [{ basedOn: 0, fields: { payer: 'two\nlines' } }, 'fields.payer'],
    [{ basedOn: 0, fields: { payer: ' ' } }, 'fields.payer'],
    [{ basedOn: 0, fields: { payer: 'x'.repeat(201) } }, 'fields.payer'],
    [{ basedOn: 0, fields: { colour: 'red' } }, 'fields.colour'],
    [{ basedOn: -1, fields: {} }, 'basedOn'],
    [{ fields: {} }, 'basedOn'],
  ])('refuses %j', async (body, field) => {
    const { id } = await doubtful(newElements());
    expect(await problemOf(correct(id, body))).toEqual([422, 'invalid-field', field]);
    expect((await shown(id)).corrections).toEqual([]);
  });

  it('needs the right to review, the own receipt, and a bill in it', async () => {
    const { id } = await doubtful(newElements(), { bills: 2 });
    const body = { basedOn: 0, fields: { totalAmount: '1.00' } };
    expect(await problemOf(correct(id, body, { key: await bench.newKey('receipt.write', 'receipt.read') }))).toEqual([
      403,
      'forbidden',
      null,
    ]);
    expect(await problemOf(correct(id, body, { key: bench.keys[1] }))).toEqual([404, 'not-found', null]);
    for (const bill of [0, 3, 'x']) expect(await problemOf(correct(id, body, { bill }))).toEqual([404, 'not-found', null]);
    await corrected(id, body, { bill: 2 });
    expect((await shown(id)).corrections.map(({ bill }) => bill)).toEqual([2]);
  });

  it('is not kept when it cannot be put on record', async () => {
    const { id } = await doubtful(newElements());
    await bench.rows("alter table audit_entry add constraint no_corrections check (action <> 'receipt.correct') not valid");
    const response = await correct(id, { basedOn: 0, fields: { totalAmount: '1.00' } });
    await bench.rows('alter table audit_entry drop constraint no_corrections');
    expect(response.status).toBe(503);
    expect((await shown(id)).corrections).toEqual([]);
  });

  it('is what a verification sends, once a person vouches for every element', async () => {
    const read = newElements();
    const { id } = await doubtful(read);
    const { checkCode: _left, ...four } = { ...read, totalAmount: '99.00' };
    await corrected(id, { basedOn: 0, fields: four });
    expect(await problemOf(verify(id))).toEqual([422, 'receipt-needs-review', null]);
    await corrected(id, { basedOn: 1, fields: { ...four, checkCode: '5do7ea' } });
    const verification = VerificationView.parse(await (await verify(id)).json());
    expect(verification).toMatchObject({ receiptId: id, elements: { ...read, totalAmount: '99.00', checkCode: '5do7ea' } });
    const [entry] = await bench.rows<{ source: string }>(
      `select detail->>'source' as source from audit_entry where target_id = $1 and action = 'verification.request'`,
      [verification.id],
    );
    expect(entry).toEqual({ source: 'manual' });
  });

  it('takes the place of a certain reading, too', async () => {
    const read = newElements();
    const { id } = await doubtful(read, { decision: 'auto' });
    await corrected(id, { basedOn: 0, fields: { totalAmount: '99.00' } });
    expect(VerificationView.parse(await (await verify(id)).json()).elements).toEqual({ ...read, totalAmount: '99.00' });
  });
});
