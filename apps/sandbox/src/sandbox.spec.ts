import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { connect, type AddressInfo } from 'node:net';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ProviderId, type Elements } from '@app/contracts';
import { ProviderDialects, type EncodedRequest, type ProviderResult } from '@app/providers';
import { documentedDescription } from '../../../test/support/documented-provider';
import { SandboxBook } from './book/book.schema';
import { createSandbox } from './sandbox';
import type { LedgerLine } from './records/ledger';

const description = documentedDescription();
const dialects = new ProviderDialects({ generic: description });
const CREDENTIALS = {
  netocr: { key: 'DEMOKEY', secret: 'DEMOSECRET', encoding: 'multipart' as const },
  jumdata: { appId: 'piaoyan-demo-01', appSecret: '9a41c7d2e85f4b60a3d1', dateParameter: 'kqrq' as const },
  generic: { id: 'bank-01', secret: 'LINKSECRET' },
};
const DAY_MS = 86_400_000;
const day = (offset: number): string => new Date(Date.now() + 8 * 3_600_000 + offset * DAY_MS).toISOString().slice(0, 10);

const known: Elements = { billCode: '33060126', billNumber: '0041207735', checkCode: '7be20c', issueDate: day(-30), totalAmount: '486.20' };
const reversed: Elements = { ...known, billNumber: '0041207736' };
const broken: Elements = { ...known, billNumber: '0041207737' };
const book = SandboxBook.parse({
  accounts: {
    netocr: { key: 'DEMOKEY', secret: 'DEMOSECRET' },
    jumdata: { appId: 'piaoyan-demo-01', appSecret: '9a41c7d2e85f4b60a3d1' },
    generic: CREDENTIALS.generic,
  },
  fees: { jumdata: '1.25' },
  bills: [
    { elements: known, face: { payee: '示例市第一医院', payer: '甲**' } },
    { elements: reversed, reversed: true },
    { elements: broken, fault: { kind: 'html' } },
  ],
});

let directory: string;
let server: Server;
const errors: unknown[] = [];

const start = async (options: { keepRequests?: boolean } = {}): Promise<void> => {
  server = await createSandbox({
    ...options,
    book,
    recordDirectory: directory,
    generic: description,
    onError: (error) => errors.push(error),
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
};
const stop = async (): Promise<void> => {
  const closed = new Promise((done) => server.close(done));
  server.closeAllConnections();
  await closed;
};
const url = (path: string): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'piaoyan-sandbox-'));
  await start();
});
afterEach(async () => {
  await stop();
  await rm(directory, { recursive: true });
  expect(errors).toEqual([]);
});

async function post({ path, headers, body }: EncodedRequest): Promise<Response> {
  return fetch(url(path), { method: 'POST', headers: withoutLength(headers), redirect: 'manual', body: new Uint8Array(body) });
}

function withoutLength({ 'Content-Length': _, ...headers }: Readonly<Record<string, string>>): Record<string, string> {
  return headers;
}

const encode = (provider: ProviderId, elements: Elements): EncodedRequest =>
  dialects.of(provider).encodeRequest(CREDENTIALS[provider], elements, new Date());

async function verify(provider: ProviderId, elements: Elements): Promise<ProviderResult> {
  const response = await post(encode(provider, elements));
  const body = new Uint8Array(await response.arrayBuffer());
  return dialects.of(provider).decodeReply({ httpStatus: response.status, contentType: response.headers.get('content-type') ?? '', body });
}

const script = (rule: unknown): Promise<Response> => fetch(url('/_sandbox/faults'), { method: 'POST', body: JSON.stringify(rule) });
const ledger = async (): Promise<LedgerLine[]> => (await (await fetch(url('/_sandbox/ledger'))).json()) as LedgerLine[];

describe.each(ProviderId.options)('%s', (provider) => {
  it('answers from the book: match, reversed, mismatch and not found, each charged', async () => {
    expect(await verify(provider, known)).toMatchObject({
      outcome: 'MATCH',
      charge: 'charged',
      alerts: [],
      face: { ...known, payee: '示例市第一医院', payer: '甲**', reversed: false },
    });
    expect(await verify(provider, reversed)).toMatchObject({ outcome: 'MATCH', face: { reversed: true } });
    expect(await verify(provider, { ...known, totalAmount: '486.21' })).toMatchObject({ outcome: 'MISMATCH', charge: 'charged' });
    expect(await verify(provider, { ...known, billNumber: '9999999999' })).toMatchObject({ outcome: 'NOT_FOUND', charge: 'charged' });
    expect((await ledger()).map(({ charged, lookedUp }) => ({ charged, lookedUp }))).toEqual([
      { charged: true, lookedUp: 'MATCH' },
      { charged: true, lookedUp: 'MATCH' },
      { charged: true, lookedUp: 'MISMATCH' },
      { charged: true, lookedUp: 'NOT_FOUND' },
    ]);
  });

  it('refuses, uncharged, what it does not look up', async () => {
    const refused = async (change: Partial<Elements>) => (await verify(provider, { ...known, ...change })).outcome;
    expect(await refused({ issueDate: day(-367) })).toBe('OVER_WINDOW');
    expect(await refused({ issueDate: day(1) })).toBe(provider === 'jumdata' ? 'FUTURE_DATE' : 'BAD_PARAM');
    expect(await refused({ issueDate: '2026-02-30' })).toBe('BAD_PARAM');
    expect(await refused({ billCode: '' })).toBe(provider === 'netocr' ? 'MISSING_PARAM' : 'BAD_PARAM');
    expect((await ledger()).every((line) => !line.charged && line.lookedUp === null)).toBe(true);
  });

  it('refuses the sixth look-up of a day, also after a restart', async () => {
    for (let call = 1; call <= 5; call++) await verify(provider, { ...known, checkCode: 'zzzzzz' });
    await stop();
    await start();
    const sixth = await verify(provider, known);
    expect(sixth).toMatchObject(
      provider === 'netocr' ? { outcome: 'FAILED_LIMIT', charge: 'charged' } : { outcome: 'DAILY_LIMIT', charge: 'notCharged' },
    );
    expect((await verify(provider, reversed)).outcome).toBe('MATCH');
  });

  it('answers with any scripted code, as often as told', async () => {
    const code = { netocr: '-30010', jumdata: '603', generic: '3001' }[provider];
    expect((await script({ provider, times: 2, fault: { kind: 'code', code } })).status).toBe(201);
    for (let call = 1; call <= 2; call++) expect(await verify(provider, known)).toMatchObject({ providerCode: code, charge: 'notCharged' });
    expect((await verify(provider, known)).outcome).toBe('MATCH');
  });

  it('loses the reply before or after charging', async () => {
    await script({ fault: { kind: 'drop', when: 'beforeCharge' } });
    await script({ fault: { kind: 'drop', when: 'afterCharge' } });
    for (let call = 1; call <= 2; call++) await expect(verify(provider, known)).rejects.toThrow();
    expect((await ledger()).map(({ charged, delivery }) => ({ charged, delivery }))).toEqual([
      { charged: false, delivery: 'dropped' },
      { charged: true, delivery: 'dropped' },
    ]);
  });

  it('damages replies', async () => {
    expect(await verify(provider, broken)).toMatchObject({ outcome: 'PROVIDER_ERROR', charge: 'unknown' });
    await script({ fault: { kind: 'empty' } });
    expect(await verify(provider, known)).toMatchObject({ outcome: 'PROVIDER_ERROR', charge: 'unknown' });
    await script({ fault: { kind: 'cut' } });
    await expect(verify(provider, known)).rejects.toThrow();
    await script({ fault: { kind: 'huge', sizeB: 1_100_000 } });
    expect((await (await post(encode(provider, known))).arrayBuffer()).byteLength).toBe(1_100_000);
  });

  it('delays', async () => {
    await script({ delayMs: 120 });
    const before = performance.now();
    expect((await verify(provider, known)).outcome).toBe('MATCH');
    expect(performance.now() - before).toBeGreaterThanOrEqual(115);
  });
});

it('turns a stranger away with a code of no table', async () => {
  const netocr = dialects.of('netocr').encodeRequest({ ...CREDENTIALS.netocr, secret: 'WRONG' }, known, new Date());
  expect(await (await post(netocr)).json()).toMatchObject({ code: -1 });
  const stale = dialects.of('jumdata').encodeRequest(CREDENTIALS.jumdata, known, new Date(Date.now() - DAY_MS));
  expect(await (await post(stale)).json()).toMatchObject({ code: 600, charge: false });
});

it('refuses a script it does not understand', async () => {
  expect((await script({ fault: { kind: 'other' } })).status).toBe(422);
  expect((await script({})).status).toBe(422);
  expect((await fetch(url('/_sandbox/faults'), { method: 'POST', body: '{' })).status).toBe(422);
});

it('records each request byte for byte, and none of its own routes', async () => {
  const sent = 'POST /verapi/v2/verFinancial.do HTTP/1.1\r\nHost: x\r\nX-Odd:   kept as is\r\nContent-Length: 3\r\n\r\na=b';
  await exchangeRaw(sent);
  await exchangeRaw('POST /invoice/validate/fiscal HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nunfinished');
  await verify('jumdata', known);
  const recorded = (await (await fetch(url('/_sandbox/requests'))).json()) as { number: number; isComplete: boolean; rawBase64: string }[];
  expect(recorded.map(({ number, isComplete }) => ({ number, isComplete }))).toEqual([
    { number: 1, isComplete: true },
    { number: 2, isComplete: false },
    { number: 3, isComplete: true },
  ]);
  expect(Buffer.from(recorded[0]!.rawBase64, 'base64').toString()).toBe(sent);
  expect(await readFile(join(directory, 'requests', '000001.http'), 'utf8')).toBe(sent);
  expect((await ledger()).map((line) => line.requestNumber)).toEqual([3]);
});

/** Sends bytes, ends the sending side, and waits until the server is done with the connection. */
function exchangeRaw(bytes: string): Promise<void> {
  return new Promise((done, fail) => {
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1', () => socket.end(bytes));
    socket.on('error', fail);
    socket.on('close', () => done());
    socket.resume();
  });
}
