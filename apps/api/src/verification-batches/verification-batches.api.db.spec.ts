import { BatchErrorPage, Problem, VerificationBatchPage, VerificationBatchView } from '@app/contracts';
import { readTable, writeXlsx } from '@app/tabular';
import sharp from 'sharp';
import { type ApiBench, createApiBench } from '../../../../test/support/api-bench';
import { csvOf } from '../../../../test/support/batch-bench';
import { eventually } from '../../../../test/support/eventually';
import { madeUpReading } from '../../../../test/support/made-up-reading';
import { answered, newElements } from '../../../../test/support/verification-bench';

const BASE = '/v1/verification-batches';

describe('batches of verifications over HTTP', () => {
  let bench: ApiBench;
  beforeAll(async () => {
    bench = await createApiBench();
  });
  afterAll(() => bench.close());

  const upload = (bytes: Buffer, name = 'bills.csv', headers: Record<string, string> = {}, key = bench.keys[0]): Promise<Response> => {
    const form = new FormData();
    form.append('file', new Blob([new Uint8Array(bytes)]), name);
    return bench.fetch(BASE, { method: 'POST', body: form, headers, key });
  };
  const post = (path: string, body?: object): Promise<Response> =>
    bench.fetch(`${BASE}${path}`, {
      method: 'POST',
      ...(body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
  const view = async (answer: Promise<Response>, status: number): Promise<VerificationBatchView> => {
    const response = await answer;
    const body: unknown = await response.json();
    expect([response.status, body]).toEqual([status, body]);
    return VerificationBatchView.parse(body);
  };
  const finished = (id: string): Promise<VerificationBatchView> =>
    eventually(
      async () => {
        const batch = await view(bench.fetch(`${BASE}/${id}`), 200);
        return batch.state === 'done' && batch;
      },
      { what: 'the end of the batch' },
    );
  const problem = async (answer: Promise<Response>): Promise<Problem> => Problem.parse(await (await answer).json());
  const file = async (path: string): Promise<Buffer> => {
    const response = await bench.fetch(`${BASE}${path}`);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-disposition')).toContain('attachment');
    return Buffer.from(await response.arrayBuffer());
  };

  it('takes its own template, filled in', async () => {
    for (const language of ['zh-CN', 'en']) {
      const template = await readTable(await file(`/template?format=xlsx&language=${language}`));
      expect(template).toMatchObject({ rows: [], format: 'xlsx' });
      expect((await readTable(await file(`/template?format=csv&language=${language}`))).header).toEqual(template.header);
      const { billCode, billNumber, checkCode, issueDate, totalAmount } = newElements();
      const columns = template.header.map((header, at) => ({ key: String(at), header, kind: 'text' as const }));
      const row = Object.fromEntries([billCode, billNumber, checkCode, issueDate, totalAmount, 'x'].map((cell, at) => [String(at), cell]));
      const batch = await view(upload(await writeXlsx([{ name: 'a', columns, rows: [row] }]), '票据.xlsx'), 201);
      expect(batch).toMatchObject({ fileName: '票据.xlsx', counts: { rows: 1, ok: 1 }, estimate: { calls: 1, costYuan: '0.50' } });
    }
  });

  it('verifies a file from its upload to its result', async () => {
    bench.egress.willSay(answered('0', { reversed: false, payee: '测试医院' }));
    const [first, second] = [newElements(), newElements()];
    const { bytes } = csvOf([
      { ...first, totalAmount: '￥486.2', reference: '=1+1' },
      { ...second, reference: 'loan 2' },
      { ...first, reference: 'again' },
      { ...newElements(), checkCode: '1' },
    ]);
    const draft = await view(upload(bytes), 201);
    expect(draft).toMatchObject({
      state: 'draft',
      counts: { rows: 4, ok: 2, errors: 1, duplicates: 1, skipped: 0 },
      estimate: { cached: 0, underWay: 0, calls: 2, priceYuan: '0.50', costYuan: '1.00' },
      firstErrors: [{ row: 4, line: 5, column: 'checkCode', code: 'tooShort' }],
    });
    expect(await problem(post(`/${draft.id}/start`, { calls: 3 }))).toMatchObject({ status: 409, code: 'batch-estimate-changed' });
    expect(await view(post(`/${draft.id}/start`, { calls: 2 }), 200)).toMatchObject({ state: 'running' });
    const done = await finished(draft.id);
    expect(done.progress).toMatchObject({ states: { ended: 2, error: 1, duplicate: 1 }, verdicts: { valid: 2 }, charges: { charged: 2 } });
    for (const format of ['xlsx', 'csv']) {
      const { header, rows } = await readTable(await file(`/${draft.id}/result?format=${format}&language=en`));
      const cell = (row: number, name: string): string => rows[row]!.cells[header.indexOf(name)]!;
      expect(rows).toHaveLength(4);
      expect([cell(0, 'Bill number'), cell(0, 'Amount (as given)')]).toEqual([first.billNumber, '￥486.2']);
      expect([cell(0, 'Verdict'), cell(0, 'Reversed'), cell(0, 'Accounted'), cell(0, 'Payee')]).toEqual([
        'Valid',
        'No',
        'Not provided',
        '测试医院',
      ]);
      expect([cell(2, 'State'), cell(2, 'Verdict'), cell(2, 'Charge')]).toEqual(['Repeats an earlier row (1)', 'Valid', '']);
      expect(cell(3, 'Message')).toContain('Check code');
      expect(cell(0, 'Reference')).toBe(format === 'csv' ? "'=1+1" : '=1+1');
    }
    const actions = await bench.rows<{ action: string }>('select action from audit_entry where target_id = $1 order by id', [draft.id]);
    expect(actions.map(({ action }) => action)).toEqual(['batch.create', 'batch.start', 'batch.finish', 'batch.export', 'batch.export']);
  });

  it('gives all errors page by page, and as a file', async () => {
    const draft = await view(upload(csvOf(Array.from({ length: 30 }, () => ({ ...newElements(), issueDate: 'x' }))).bytes), 201);
    expect(draft.firstErrors).toHaveLength(20);
    const first = BatchErrorPage.parse(await (await bench.fetch(`${BASE}/${draft.id}/errors?limit=25`)).json());
    const second = BatchErrorPage.parse(await (await bench.fetch(`${BASE}/${draft.id}/errors?limit=25&after=${first.next}`)).json());
    expect([first.items.length, second.items.length, second.next]).toEqual([25, 5, null]);
    expect((await readTable(await file(`/${draft.id}/errors/file?language=zh-CN`))).rows).toHaveLength(30);
    expect(await problem(post(`/${draft.id}/start`, { calls: 0 }))).toMatchObject({ status: 422, code: 'batch-empty' });
  });

  it('makes a batch of receipts, and says which may not be verified yet', async () => {
    const receipt = async (...reading: Parameters<typeof madeUpReading>): Promise<string> => {
      bench.reader.script = () => madeUpReading(...reading);
      const image = await sharp({ create: { width: 40, height: 30, channels: 3, background: '#fff' } })
        .png()
        .toBuffer();
      const headers = { 'content-type': 'image/png', prefer: 'wait=20' };
      const response = await bench.fetch('/v1/receipts', { method: 'POST', body: new Uint8Array(image), headers });
      return ((await response.json()) as { id: string }).id;
    };
    const auto = await receipt(newElements());
    const doubtful = await receipt(newElements(), { decision: 'review' });
    const refused = await receipt(newElements(), { decision: 'refuse' });
    const draft = await view(post('/from-receipts', { receiptIds: [auto, doubtful, refused] }), 201);
    expect(draft).toMatchObject({ source: 'receipts', fileName: null, counts: { rows: 3, ok: 1, skipped: 2 }, estimate: { calls: 1 } });
    expect(draft.firstErrors.map(({ receiptId, code }) => [receiptId, code])).toEqual([
      [doubtful, 'receipt-needs-review'],
      [refused, 'receipt-refused'],
    ]);
    bench.egress.willSay(answered('0', { reversed: false }));
    await view(post(`/${draft.id}/start`, { calls: 1 }), 200);
    await finished(draft.id);
    expect(await bench.rows('select id from verification where receipt_id = $1', [auto])).toHaveLength(1);
  });

  it.each([
    ['a table without the columns', Buffer.from('a,b\n1,2\n'), 422, 'table-header'],
    ['a table without rows', csvOf([]).bytes, 422, 'batch-empty'],
    ['something else', Buffer.from('%PDF-1.7\n\u0000\u0001'), 415, 'table-unsupported'],
    ['a broken workbook', Buffer.from('PK\u0003\u0004 and no more'), 422, 'table-damaged'],
    ['nothing', Buffer.alloc(0), 400, 'upload-empty'],
  ])('refuses %s', async (_, bytes, status, code) => {
    expect(await problem(upload(bytes))).toMatchObject({ status, code });
  });

  it('takes a raw body, and gives the same batch for the same key', async () => {
    const { bytes } = csvOf([newElements()]);
    const send = () =>
      bench.fetch(BASE, {
        method: 'POST',
        body: new Uint8Array(bytes),
        headers: { 'content-type': 'text/csv', 'x-file-name': 'july.csv', 'idempotency-key': 'july' },
      });
    const first = await view(send(), 201);
    expect(first.fileName).toBe('july.csv');
    expect((await view(send(), 201)).id).toBe(first.id);
  });

  it('shows batches to their tenant and to keys with the scope only', async () => {
    const { id } = await view(upload(csvOf([newElements()]).bytes), 201);
    const page = VerificationBatchPage.parse(await (await bench.fetch(`${BASE}?limit=1`)).json());
    expect(page.items.map((each) => each.id)).toEqual([id]);
    expect(await problem(bench.fetch(`${BASE}/${id}`, { key: bench.keys[1] }))).toMatchObject({ status: 404 });
    const reader = await bench.newKey('batch.read');
    expect((await bench.fetch(`${BASE}/${id}`, { key: reader })).status).toBe(200);
    expect(await problem(bench.fetch(`${BASE}/${id}/cancel`, { method: 'POST', key: reader }))).toMatchObject({ status: 403 });
  });
});
