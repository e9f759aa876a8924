import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BillPage, BillDetailView, type Elements, ReceiptView, VerificationBatchView, VerificationView } from '@app/contracts';
import { SUITES } from '@app/crypto';
import { DATA_CLASSES, withKeyringAdmin } from '@app/keyring';
import { zipSync } from 'fflate';
import sharp from 'sharp';
import { SEALED_COLUMNS } from '../../apps/cli/src/operations/sealed-columns';
import { type ApiBench, createApiBench } from '../support/api-bench';
import { eventually } from '../support/eventually';
import { forPurpose } from '../support/for-purpose';
import { foundBy } from '../support/found-bills';
import { JournaledEgress } from '../support/journaled-egress';
import { madeUpReading } from '../support/made-up-reading';
import { TEST_KEYS } from '../support/test-keys';
import { answered, newElements } from '../support/verification-bench';
import { everyFile, everyRow, tablesWith, unfolded } from './everything-stored';
import { guessable, unkeyedHashes } from './unkeyed-hashes';

/** Stands in everything that must lie nowhere in clear. */
const CANARY = '金丝雀';
const CHECK_CODE = 'c4n4ry';
const ACCOUNT = '6222020200112233445';
const IN_PIXELS = 'CANARY-IN-THE-IMAGE';
const IN_PICTURE = 'CANARY-IN-THE-PICTURE';
const PAYEE = '示例市第一医院';
const READ = { payer: `冯${CANARY}`, payerCreditCode: '91110000CANARY0001', payerAccount: ACCOUNT, payee: PAYEE };
const ITEM = { itemCode: '', unit: '', quantity: '', standard: '', amount: '', itemRemark: '' };
const TOLD_ITEM = {
  sequence: null,
  itemCode: null,
  standard: null,
  unit: null,
  quantity: null,
  unitPrice: null,
  amount: null,
  itemRemark: null,
};

describe('what is stored', () => {
  let bench: ApiBench;
  let journal: string;
  let elements: Elements;
  let receipt: ReceiptView;
  let verification: VerificationView;
  let batch: VerificationBatchView;
  let png: Buffer;
  let csv: string;

  const json = { 'content-type': 'application/json' };
  const post = (path: string, body: object, headers: Record<string, string> = {}): Promise<Response> =>
    bench.fetch(path, { method: 'POST', body: JSON.stringify(body), headers: { ...json, ...headers } });
  const upload = async (name: string, bytes = png, key = bench.keys[0]): Promise<ReceiptView> => {
    const form = new FormData();
    form.append('file', new Blob([new Uint8Array(bytes)], { type: 'image/png' }), name);
    const response = await bench.fetch('/v1/receipts', { method: 'POST', body: form, headers: { prefer: 'wait=20' }, key });
    return ReceiptView.parse(await response.json());
  };
  const picture = (at: number): Promise<Buffer> =>
    sharp({ create: { width: 40 + at, height: 30, channels: 3, background: '#fff' } })
      .withExif({ IFD0: { ImageDescription: IN_PIXELS } })
      .png()
      .toBuffer();

  beforeAll(async () => {
    journal = await mkdtemp(join(tmpdir(), 'piaoyan-journal-'));
    bench = await createApiBench({}, { egress: await JournaledEgress.in(journal) });
    elements = newElements({ checkCode: CHECK_CODE });
    png = await picture(0);
    bench.reader.pages = [{ mediaType: 'image/webp', bytes: Buffer.from(`RIFF....WEBP${IN_PICTURE}`) }];
    bench.reader.script = () => {
      const reading = madeUpReading(elements, { fields: READ });
      const items = [{ ...ITEM, itemName: `${CANARY}胰岛素` }];
      const otherInfo = [{ cn: '诊断', en: 'diagnosis', value: `${CANARY}糖尿病` }];
      return { ...reading, bills: reading.bills.map((bill) => ({ ...bill, items, otherInfo })) };
    };
    bench.egress.willSay(
      answered('0', {
        ...{ reversed: false, payee: PAYEE, payer: `冯${CANARY}`, payerCreditCode: READ.payerCreditCode, remark: `${CANARY}备注` },
        items: [{ ...TOLD_ITEM, itemName: `${CANARY}透析` }],
        otherInfo: [{ cn: '病历号', en: 'record', value: `${CANARY}0815` }],
      }),
    );
    receipt = await upload(`${CANARY}的票据.png`);
    await post(`/v1/receipts/${receipt.id}/bills/1/corrections`, { basedOn: 0, fields: { payer: `冯${CANARY}`, cashier: `马${CANARY}` } });
    const asked = await post('/v1/verifications', { receiptId: receipt.id }, { prefer: 'wait=20' });
    verification = VerificationView.parse(await asked.json());
    const table = new FormData();
    const row = [elements.billCode, '0000000001', CHECK_CODE, elements.issueDate, elements.totalAmount, `${CANARY}参考`];
    csv = `票据代码,票据号码,校验码,开票日期,金额,备注\r\n${row.map((cell) => `"${cell}"`).join(',')}`;
    table.append('file', new Blob([csv]), `${CANARY}批.csv`);
    const made = await bench.fetch('/v1/verification-batches', { method: 'POST', body: table });
    batch = VerificationBatchView.parse(await made.json());
    const archive = zipSync({ [`${CANARY}/${CANARY}二.png`]: new Uint8Array(await picture(1)) });
    const headers = { 'content-type': 'application/zip' };
    await bench.fetch('/v1/receipts/batch', { method: 'POST', body: archive, headers });
    await eventually(async () => {
      const [open] = await bench.rows<{ count: number }>(`select count(*)::int as count from receipt where state = 'queued'`);
      return open!.count === 0;
    });
  });
  afterAll(async () => {
    await bench.close();
    await rm(journal, { recursive: true });
  });

  const bills = async (path: Promise<Response>): Promise<BillPage['items']> => BillPage.parse(await (await path).json()).items;

  it('comes back as it was given', async () => {
    const view = ReceiptView.parse(await (await bench.fetch(`/v1/receipts/${receipt.id}`, forPurpose())).json());
    expect(view.fileName).toBe(`${CANARY}的票据.png`);
    expect(view.reading?.bills[0]?.fields.payerAccount?.value).toBe(ACCOUNT);
    expect(view.reading?.bills[0]?.otherInfo[0]?.value).toBe(`${CANARY}糖尿病`);
    expect(JSON.stringify(view)).toContain(`马${CANARY}`);
    expect(verification).toMatchObject({ state: 'answered', verdict: 'valid', elements });
    expect(batch.fileName).toBe(`${CANARY}批.csv`);
    const image = await bench.fetch(`/v1/receipts/${receipt.id}/image`, forPurpose());
    expect(image.headers.get('content-length')).toBe(String(png.length));
    expect(Buffer.from(await image.arrayBuffer()).equals(png)).toBe(true);
    const page = await bench.fetch(`/v1/receipts/${receipt.id}/pages/1/image`, forPurpose());
    expect(await page.text()).toContain(IN_PICTURE);
  });

  it('is found by what lies under the key: parts of item names, words of file names, check code and payer', async () => {
    const q = (text: string) => bills(bench.fetch('/v1/bills/search', foundBy({ q: text })));
    const payer = (body: object, key = bench.keys[0]) =>
      bills(bench.fetch('/v1/bills/of-payer', { method: 'POST', body: JSON.stringify(body), headers: json, key }));
    const [bill] = await q('胰岛素');
    expect(bill?.elements).toEqual(elements);
    for (const text of ['透析', '雀的票', PAYEE]) expect([text, (await q(text)).map(({ id }) => id)]).toEqual([text, [bill!.id]]);
    expect(await q('岛胰')).toEqual([]);
    expect(await bills(bench.fetch('/v1/bills/search', foundBy({ checkCode: CHECK_CODE })))).toHaveLength(1);
    expect((await payer({ payer: ` 冯 ${CANARY}` })).map(({ id }) => id)).toEqual([bill!.id]);
    expect(await payer({ payerCreditCode: '91110000canary0001' })).toHaveLength(1);
    expect(await payer({ payer: '冯' })).toEqual([]);
    expect(await payer({ payer: `冯${CANARY}` }, bench.keys[1])).toEqual([]);
    const detail = BillDetailView.parse(await (await bench.fetch(`/v1/bills/${bill!.id}`)).json());
    expect(detail.receipts.map(({ fileName }) => fileName)).toContain(`${CANARY}二.png`);
    expect(await bench.rows(`select detail from audit_entry where action = 'bill.findPayer' order by id limit 1`)).toEqual([
      { detail: { by: 'payer', bills: 1 } },
    ]);
  });

  it('lies in no table and no file in clear', async () => {
    const rows = await everyRow(bench);
    const files = await everyFile(bench.storage);
    // The scan sees what is there: a text in clear, and bytes in hexadecimal.
    const [sealed] = await bench.rows<{ bytes: Buffer }>('select reading_sealed as bytes from receipt limit 1');
    expect(tablesWith(rows, PAYEE)).toEqual(['public.bill', 'public.bill_text']);
    expect(rows.some(({ text }) => text.includes(sealed!.bytes.toString('hex')))).toBe(true);
    expect(files.length).toBeGreaterThanOrEqual(4);
    for (const canary of [CANARY, CHECK_CODE, ACCOUNT, READ.payerCreditCode, IN_PIXELS, IN_PICTURE]) {
      expect([canary, tablesWith(rows, canary)]).toEqual([canary, []]);
      expect(files.filter(({ bytes }) => bytes.includes(canary))).toEqual([]);
    }
    expect(files.filter(({ bytes }) => bytes.includes(png.subarray(0, 24)))).toEqual([]);
  });

  it('stands nowhere as a hash without a key that guesses could be tried against', async () => {
    const key = { 'idempotency-key': 'spec-guess' };
    expect((await post('/v1/verifications', { elements }, { ...key, prefer: 'wait=20' })).status).toBe(201);
    expect((await post('/v1/verifications', { elements: { ...elements, checkCode: 'd4n4ry' } }, key)).status).toBe(422);
    const rows = await everyRow(bench);
    const { billCode, billNumber, checkCode, issueDate, totalAmount } = elements;
    const five = { billCode, billNumber, checkCode, issueDate, totalAmount };
    const ofTable = { ...five, billNumber: '0000000001' };
    const names = { payer: READ.payer, payerCreditCode: READ.payerCreditCode, payerAccount: ACCOUNT, itemName: `${CANARY}胰岛素` };
    const tables = [csv, `table//${csv}`, batch.fileName!, receipt.fileName];
    const texts = [...guessable(five), ...guessable(ofTable), ...guessable(names), ...tables];
    const found = texts.filter((text) => unkeyedHashes(text).some((hash) => rows.some((row) => row.text.includes(hash))));
    expect(found).toEqual([]);
    // The scan sees hashes where they are: a payee is found by one, and stands in clear beside it.
    expect(tablesWith(rows, unkeyedHashes(`payee:${PAYEE}`).at(11)!)).toContain('public.bill_term');
  });

  it("lies in egress's journal sealed: no word of the reply, no element, and no key that would open it", async () => {
    const files = await everyFile(journal);
    const [attempt] = await bench.rows<{ id: string; key: Buffer | null }>(
      'select id, reply_key_sealed as key from attempt order by id limit 1',
    );
    expect(files.filter(({ path }) => path.includes(attempt!.id))).toHaveLength(2);
    const secrets = [CANARY, PAYEE, READ.payerCreditCode, ...Object.values(elements)];
    const found = (bytes: Buffer): string[] => secrets.filter((secret) => unfolded(bytes).includes(secret));
    expect(files.map(({ bytes }) => found(bytes))).toEqual(files.map(() => []));
    // The scan would see a reply as it came, and elements, however they are wrapped.
    const reply = JSON.stringify({ bodyBase64: Buffer.from(JSON.stringify({ payee: PAYEE, ...elements })).toString('base64') });
    expect(found(Buffer.from(JSON.stringify({ sealed: Buffer.from(reply).toString('base64') })))).toEqual([
      PAYEE,
      ...Object.values(elements),
    ]);
    // Once the answer is in the database, nobody has the key of the journal's copy any more.
    expect(attempt!.key).toBeNull();
  });

  it('moves to another suite and other keys as a whole, while the product runs: the old keys are destroyed, and nothing is lost', async () => {
    const options = { ...TEST_KEYS, suite: 'sm', ownerUrl: bench.ownerUrl, applicationName: 'spec-keys', columns: SEALED_COLUMNS } as const;
    const operator = { type: 'operator', id: 'root', name: 'root' } as const;
    const moved = await withKeyringAdmin(options, async (admin) => {
      for (const dataClass of DATA_CLASSES) await admin.rotate(operator, dataClass, 'first');
      const [done] = await admin.reseal(operator, { classes: DATA_CLASSES, tenantName: 'first' }, { batchRows: 2 });
      await bench.rows(`update data_key set retired_at = now() - interval '1 hour' where state = 'retired'`);
      for (const dataClass of DATA_CLASSES.filter((one) => one !== 'secret')) {
        await admin.destroyGeneration(operator, 'first', dataClass, 1);
      }
      return done?.columns ?? [];
    });
    expect(moved.filter(({ unopened, left }) => unopened + left > 0)).toEqual([]);
    const columns = moved.map(({ column }) => column);
    // Whatever this product has stored; secrets of systems and people it has none, and no attempt is on its way.
    expect(columns.sort()).toEqual(
      SEALED_COLUMNS.map(({ name }) => name)
        .filter((name) => !/^(webhook_endpoint|client_credential|second_factor|subject_request)\.|^attempt\.reply_key/.test(name))
        .sort(),
    );
    for (const column of columns) {
      const [table, name] = column.split('.');
      const heads = await bench.rows(`select distinct substring(${name} from 1 for 1) as suite from ${table} where ${name} is not null`);
      expect([column, heads]).toEqual([column, [{ suite: Buffer.of(SUITES.sm.id) }]]);
    }
    const image = await bench.fetch(`/v1/receipts/${receipt.id}/image`, forPurpose());
    expect(Buffer.from(await image.arrayBuffer()).equals(png)).toBe(true);
    const view = ReceiptView.parse(await (await bench.fetch(`/v1/receipts/${receipt.id}`, forPurpose())).json());
    expect(view.reading?.bills[0]?.fields.payerAccount?.value).toBe(ACCOUNT);
    expect(JSON.stringify(view)).toContain(`马${CANARY}`);
    expect(await bills(bench.fetch('/v1/bills/search', foundBy({ q: '胰岛素' })))).toHaveLength(1);
  });

  it('opens in its own row and under its own name only', async () => {
    const other = await upload('other.png');
    const refused = async (path: string): Promise<boolean> => (await bench.fetch(path, forPurpose())).status === 500;
    for (const column of ['reading_sealed', 'file_name_sealed']) {
      await bench.rows(`create temp table kept as select ${column} as was from receipt where id = $1`, [other.id]);
      await bench.rows(`update receipt set ${column} = (select ${column} from receipt where id = $2) where id = $1`, [
        other.id,
        receipt.id,
      ]);
      expect([column, await refused(`/v1/receipts/${other.id}`)]).toEqual([column, true]);
      await bench.rows(`update receipt set ${column} = (select was from kept) where id = $1`, [other.id]);
      await bench.rows('drop table kept');
    }
    expect((await bench.fetch(`/v1/receipts/${other.id}`)).status).toBe(200);
    const pathOf = async (id: string): Promise<string> => (await everyFile(bench.storage)).find(({ path }) => path.endsWith(id))!.path;
    await copyFile(await pathOf(receipt.id), await pathOf(other.id));
    expect((await bench.fetch(`/v1/receipts/${other.id}/image`, forPurpose())).status).toBe(409);
    await bench.rows('update receipt set original_key_sealed = null where id = $1', [other.id]);
    expect((await bench.fetch(`/v1/receipts/${other.id}/image`, forPurpose())).status).toBe(404);
  });
});
