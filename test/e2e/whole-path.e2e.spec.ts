import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ELEMENT_NAMES, type Elements, type ProviderId, ReceiptView, VerificationView } from '@app/contracts';
import { renderBill, sampleBill } from '@app/samples';
import sharp from 'sharp';
import { parseRequest } from '../support/http-request';
import { TestStack } from '../support/test-stack';
import { forPurpose } from '../support/for-purpose';

const TODAY = new Date().toISOString().slice(0, 10);
const CANARY = 'CANARY-7f3d91';

/** Image in, five elements out: through the processes as they are shipped, with everything that reached a provider recorded. */
describe('the whole path', () => {
  const bills = {
    netocr: sampleBill(41, { kind: 'medical-outpatient', today: TODAY }),
    jumdata: sampleBill(42, { kind: 'donation', today: TODAY }),
  };
  let product: TestStack;

  beforeAll(async () => {
    product = await TestStack.start(Object.values(bills).map(({ elements, payer }) => ({ elements, face: { payer } })));
  });
  afterAll(() => product.stop());

  it.each(['netocr', 'jumdata'] as const)(
    'reads an image and verifies it with %s; nothing but the five elements leaves',
    async (provider) => {
      const before = (await product.upstreamRequests()).length;
      const receipt = await upload(await imageOf(provider), `${CANARY}-${bills[provider].payer}.jpg`);
      expect(receipt).toMatchObject({ state: 'read', reading: { decision: 'auto' } });
      expect(receipt.reading?.bills[0]?.elements).toEqual(bills[provider].elements);

      const verification = await verify({ receiptId: receipt.id, provider });
      expect(verification).toMatchObject({ state: 'answered', outcome: 'MATCH', verdict: 'valid', origin: 'upstream', charge: 'charged' });

      const requests = (await product.upstreamRequests()).slice(before);
      expect(requests).toHaveLength(1);
      expectOnlyElements(requests[0]!, provider);
    },
  );

  it('keeps the image, its view, the call, its charge and an audit entry of each', async () => {
    const image = await imageOf('netocr');
    const receipt = await upload(image, 'again.jpg');
    const shown = await product.request(`/v1/receipts/${receipt.id}/image`, forPurpose());
    expect(Buffer.from(await shown.arrayBuffer()).equals(image)).toBe(true);

    const cached = await verify({ receiptId: receipt.id });
    expect(cached).toMatchObject({ outcome: 'MATCH', origin: 'cache', charge: 'notCharged' });

    const ledger = await product.upstreamLedger();
    const charges = await product.query<{ state: string }>('select state from charge');
    expect(charges).toHaveLength(ledger.length);
    const actions = (await product.query<{ action: string }>('select distinct action from audit_entry')).map(({ action }) => action);
    expect(actions).toEqual(
      expect.arrayContaining([
        'receipt.upload',
        'receipt.read',
        'receipt.image.view',
        'verification.request',
        'verification.intend',
        'verification.outcome',
      ]),
    );
  });

  it('answers a foreign and a missing id alike', async () => {
    const receipt = await upload(await imageOf('jumdata'), 'mine.jpg');
    const stranger = await product.newTenantKey('stranger');
    const missing = '01890000-0000-7000-8000-000000000000';
    for (const path of ['', '/image']) {
      const [foreign, absent] = await Promise.all(
        [receipt.id, missing].map((id) =>
          product.request(`/v1/receipts/${id}${path}`, {}, stranger).then(async (response) => [response.status, await code(response)]),
        ),
      );
      expect(foreign).toEqual([404, 'not-found']);
      expect(absent).toEqual(foreign);
    }
  });

  it('says in the log what runs the models', async () => {
    const log = await readFile(join(product.stack.folders.logs, 'worker.log'), 'utf8');
    const started = log.split('\n').find((line) => line.includes('"msg":"started"'));
    expect(JSON.parse(started ?? '{}')).toMatchObject({ ocr: { provider: 'cpu', refused: [] } });
  });

  it('writes no element, payer or file name into any log', async () => {
    const folder = product.stack.folders.logs;
    const logs = await Promise.all((await readdir(folder)).map((name) => readFile(join(folder, name), 'utf8')));
    expect(logs.join('').length).toBeGreaterThan(0);
    for (const { elements, payer } of Object.values(bills)) {
      for (const secret of [elements.billNumber, elements.checkCode, payer, CANARY]) expect(logs.join('')).not.toContain(secret);
    }
  });

  /** A picture as a telephone makes it, with a canary where tools hide text. */
  async function imageOf(provider: keyof typeof bills): Promise<Buffer> {
    const { image } = await renderBill(bills[provider], { seed: 5, damage: 'scan' });
    return sharp(image)
      .withExif({ IFD0: { ImageDescription: CANARY } })
      .jpeg({ quality: 92 })
      .toBuffer();
  }

  async function upload(image: Buffer, name: string): Promise<ReceiptView> {
    const form = new FormData();
    form.append('file', new Blob([new Uint8Array(image)]), name);
    const response = await product.request('/v1/receipts', { method: 'POST', body: form, headers: { prefer: 'wait=30' } });
    return ReceiptView.parse(await response.json());
  }

  async function verify(body: object): Promise<VerificationView> {
    const headers = { 'content-type': 'application/json', prefer: 'wait=30' };
    const response = await product.request('/v1/verifications', { method: 'POST', body: JSON.stringify(body), headers });
    return VerificationView.parse(await response.json());
  }

  async function code(response: Response): Promise<string> {
    return ((await response.json()) as { code: string }).code;
  }

  /** Accounts for every byte of the request: what is not the elements, the credentials and the protocol's own frame must not exist. */
  function expectOnlyElements(raw: Buffer, provider: keyof typeof bills): void {
    const request = parseRequest(raw);
    const frame = FRAMES[provider](bills[provider].elements);
    expect(request.line).toBe(frame.line);
    expect(Object.keys(request.headers).sort()).toEqual(['connection', 'content-length', 'content-type', 'host']);
    expect(request.headers.host).toBe(new URL(product.stack.urls.sandbox).host);
    expect(request.headers['content-length']).toBe(String(request.body.length));
    expect(Object.keys(request.fields).sort()).toEqual([...Object.keys(frame.elements), ...frame.account].sort());
    expect(request.fields).toMatchObject(frame.elements);
    for (const name of frame.account) expect(request.fields[name]).toMatch(/^[0-9a-f]{32,64}$|^\d{13}$|^3017$/);
    expect(request.rest).toBe('');
  }
});

interface Frame {
  line: string;
  elements: Record<string, string>;
  account: string[];
}

const FRAMES: Record<Exclude<ProviderId, 'generic'>, (elements: Elements) => Frame> = {
  netocr: (elements) => ({
    line: 'POST /verapi/v2/verFinancial.do HTTP/1.1',
    elements: rename(elements, ['invoiceCode', 'invoiceNumber', 'checkCode', 'billingDate', 'amountTax']),
    account: ['key', 'secret', 'typeId'],
  }),
  jumdata: (elements) => ({
    line: 'POST /invoice/validate/fiscal HTTP/1.1',
    elements: rename(elements, ['fpdm', 'fphm', 'jym', 'kqrq', 'je']),
    account: ['appId', 'timestamp', 'sign'],
  }),
};

function rename(elements: Elements, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(ELEMENT_NAMES.map((name, index) => [names[index]!, elements[name]]));
}
