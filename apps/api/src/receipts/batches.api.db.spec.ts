import { BatchView, Problem, ReceiptView } from '@app/contracts';
import { zipSync } from 'fflate';
import sharp from 'sharp';
import { type ApiBench, createApiBench } from '../../../../test/support/api-bench';

const MAX_BYTES = 50_000;

const png = (shade: number): Promise<Buffer> =>
  sharp({ create: { width: 40, height: 30, channels: 3, background: { r: shade, g: shade, b: shade } } })
    .png()
    .toBuffer();
const text = (value: string): Uint8Array => new Uint8Array(Buffer.from(value));
const zip = (files: Record<string, Uint8Array>): Uint8Array<ArrayBuffer> => new Uint8Array(zipSync(files, { level: 0 }));

describe('uploading a batch', () => {
  let bench: ApiBench;
  beforeAll(async () => {
    bench = await createApiBench({ PIAOYAN_UPLOAD_MAX_BYTES: MAX_BYTES, PIAOYAN_UPLOAD_MAX_PIXELS: 1_000_000 }, { withWorker: false });
  });
  afterAll(() => bench.close());

  const send = (body: Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}, key = bench.keys[0]): Promise<Response> =>
    bench.fetch('/v1/receipts/batch', { method: 'POST', body, headers: { 'content-type': 'application/zip', ...headers }, key });
  const taken = async (answer: Promise<Response>): Promise<BatchView> => {
    const response = await answer;
    expect(response.status).toBe(202);
    return BatchView.parse(await response.json());
  };
  const problemOf = async (answer: Promise<Response>): Promise<[number, string]> => {
    const response = await answer;
    return [response.status, Problem.parse(await response.json()).code];
  };
  const traces = async (): Promise<Record<'files' | 'receipts' | 'jobs' | 'uploads' | 'batches', number>> => ({
    files: (await bench.storedFiles()).length,
    ...(
      await bench.rows<{ receipts: number; jobs: number; uploads: number; batches: number }>(
        `select (select count(*)::int from receipt) as receipts, (select count(*)::int from pgboss.job) as jobs,
                (select count(*)::int from audit_entry where action = 'receipt.upload') as uploads,
                (select count(*)::int from audit_entry where action = 'receipt.batch') as batches`,
      )
    )[0]!,
  });
  const grown = async (work: () => Promise<unknown>): Promise<Partial<Awaited<ReturnType<typeof traces>>>> => {
    const before = await traces();
    await work();
    const after = await traces();
    return Object.fromEntries(Object.entries(after).map(([name, count]) => [name, count - before[name as keyof typeof before]]));
  };

  it('makes a receipt of each document, and says of each other file what is wrong with it', async () => {
    const files = {
      '七月/一.png': new Uint8Array(await png(1)),
      'notes.txt': text('no receipt'),
      'large.png': new Uint8Array(MAX_BYTES + 1),
      'inner.zip': zip({ 'a.png': new Uint8Array(await png(2)) }),
      '__MACOSX/._一.png': text('litter'),
      'bill.xml': text('<EInvoice/>'),
      'bill.ofd': zip({ 'OFD.xml': text('<OFD/>') }),
    };
    const growth = await grown(async () => {
      const { items, problem } = await taken(send(zip(files)));
      expect(problem).toBeNull();
      expect(items.map((item) => [item.name, item.problem?.code ?? 'taken'])).toEqual([
        ['七月/一.png', 'taken'],
        ['notes.txt', 'upload-unsupported-type'],
        ['large.png', 'upload-too-large'],
        ['inner.zip', 'upload-archive'],
        ['bill.xml', 'taken'],
        ['bill.ofd', 'taken'],
      ]);
      const receipt = ReceiptView.parse(await (await bench.fetch(`/v1/receipts/${items[0]!.receiptId}`)).json());
      expect(receipt).toMatchObject({ fileName: '一.png', mediaType: 'image/png', state: 'queued' });
      const foreign = await bench.fetch(`/v1/receipts/${items[0]!.receiptId}`, { key: bench.keys[1] });
      expect(foreign.status).toBe(404);
    });
    // The archive itself is not kept.
    expect(growth).toEqual({ files: 3, receipts: 3, jobs: 3, uploads: 3, batches: 1 });
  });

  it('takes a form, too', async () => {
    const form = new FormData();
    form.append('file', new Blob([zip({ 'a.png': new Uint8Array(await png(3)) })]), 'a.zip');
    const { items } = await taken(bench.fetch('/v1/receipts/batch', { method: 'POST', body: form }));
    expect(items).toMatchObject([{ name: 'a.png', problem: null }]);
  });

  describe('under an idempotency key', () => {
    it('gives the same receipts again, also to two who ask at once', async () => {
      const archive = zip({ 'a.png': new Uint8Array(await png(4)), 'b.txt': text('no'), 'c.png': new Uint8Array(await png(5)) });
      const answers: BatchView[] = [];
      const growth = await grown(async () => {
        const ask = async (): Promise<void> => void answers.push(await taken(send(archive, { 'idempotency-key': 'twice' })));
        await Promise.all([ask(), ask()]);
        await ask();
      });
      expect(growth).toEqual({ files: 2, receipts: 2, jobs: 2, uploads: 2, batches: 1 });
      expect(answers[1]).toEqual(answers[0]);
      expect(answers[2]).toEqual(answers[0]);
    });

    it('goes on where an earlier try ended', async () => {
      const archive = zip({ 'a.png': new Uint8Array(await png(6)), 'b.png': new Uint8Array(await png(7)) });
      const refuse = `alter table receipt add constraint no_second check (batch_number is distinct from 2) not valid`;
      const growth = await grown(async () => {
        await bench.rows(refuse);
        expect((await send(archive, { 'idempotency-key': 'resumed' })).status).toBe(500);
        await bench.rows('alter table receipt drop constraint no_second');
        const { items } = await taken(send(archive, { 'idempotency-key': 'resumed' }));
        expect(items.map(({ problem }) => problem)).toEqual([null, null]);
      });
      expect(growth).toEqual({ files: 2, receipts: 2, jobs: 2, uploads: 2, batches: 1 });
    });

    it('takes no other archive, and minds only its own tenant', async () => {
      const [first, second] = [zip({ 'a.png': new Uint8Array(await png(8)) }), zip({ 'a.png': new Uint8Array(await png(9)) })];
      await taken(send(first, { 'idempotency-key': 'mine' }));
      expect(await problemOf(send(second, { 'idempotency-key': 'mine' }))).toEqual([422, 'idempotency-key-reused']);
      await taken(send(second, { 'idempotency-key': 'mine' }, bench.keys[1]));
    });
  });

  it.each<[string, () => Uint8Array<ArrayBuffer>, number, string]>([
    ['a picture', () => text('\u0089PNG') as Uint8Array<ArrayBuffer>, 415, 'upload-not-archive'],
    ['an OFD document', () => zip({ 'OFD.xml': text('<OFD/>') }), 415, 'upload-not-archive'],
    ['an archive that was cut off', () => zip({ 'a.xml': text('<a/>') }).subarray(0, 40), 422, 'archive-damaged'],
    ['an archive without a file', () => zip({}), 400, 'upload-empty'],
    [
      'too many files',
      () => zip(Object.fromEntries(Array.from({ length: 401 }, (_, at) => [`${at}.xml`, text('<a/>')]))),
      422,
      'document-unsafe',
    ],
    ['a name that leads elsewhere', () => zip({ '../a.xml': text('<a/>') }), 422, 'document-unsafe'],
  ])('refuses %s, and keeps nothing of it', async (_what, archive, status, code) => {
    const growth = await grown(async () => expect(await problemOf(send(archive()))).toEqual([status, code]));
    expect(growth).toEqual({ files: 0, receipts: 0, jobs: 0, uploads: 0, batches: 0 });
  });

  it('says where a damaged archive ends, and keeps what came before', async () => {
    const archive = zip({ 'a.xml': text('<a/>'), 'b.xml': text('<bbbb/>'), 'c.xml': text('<c/>') });
    archive[Buffer.from(archive).indexOf('<bbbb/>') + 1] = 0x63;
    const { items, problem } = await taken(send(archive));
    expect([items.map(({ name }) => name), problem?.code]).toEqual([['a.xml'], 'archive-damaged']);
  });

  it('needs the right to upload', async () => {
    const key = await bench.newKey('receipt.read');
    expect(await problemOf(send(zip({ 'a.xml': text('<a/>') }), {}, key))).toEqual([403, 'forbidden']);
    expect((await bench.fetch('/v1/receipts/batch')).headers.get('allow')).toBe('POST');
  });
});
