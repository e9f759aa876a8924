import { connect, type AddressInfo } from 'node:net';
import type { Server } from 'node:http';
import { ProviderId, shanghaiDay, type Elements } from '@app/contracts';
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
const today = shanghaiDay(new Date());
const known: Elements = { billCode: '33060126', billNumber: '0041207735', checkCode: '7be20c', issueDate: today, totalAmount: '486.20' };
const book = SandboxBook.parse({
  accounts: {
    netocr: { key: 'DEMOKEY', secret: 'DEMOSECRET' },
    jumdata: { appId: 'piaoyan-demo-01', appSecret: '9a41c7d2e85f4b60a3d1' },
    generic: CREDENTIALS.generic,
  },
  fees: { jumdata: '1.25' },
  bills: [{ elements: known, face: { payee: '示例市第一医院' } }],
});

let server: Server;
const errors: unknown[] = [];
beforeEach(async () => {
  server = await createSandbox({ book, recordDirectory: undefined, generic: description, onError: (error) => errors.push(error) });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
});
afterEach(async () => {
  const closed = new Promise((done) => server.close(done));
  server.closeAllConnections();
  await closed;
  expect(errors).toEqual([]);
});

const port = (): number => (server.address() as AddressInfo).port;
const url = (path: string): string => `http://127.0.0.1:${port()}${path}`;
const script = (rules: unknown): Promise<Response> => fetch(url('/_sandbox/faults'), { method: 'POST', body: JSON.stringify(rules) });
const ledger = async (): Promise<LedgerLine[]> => (await (await fetch(url('/_sandbox/ledger'))).json()) as LedgerLine[];
const encode = (provider: ProviderId, elements: Elements): EncodedRequest =>
  dialects.of(provider).encodeRequest(CREDENTIALS[provider], elements, new Date());

/** All that comes back on a bare connection, however it ends. */
function exchange({ path, headers, body }: EncodedRequest): Promise<{ wire: string; pieces: number }> {
  const head = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return new Promise((done) => {
    const chunks: Buffer[] = [];
    const socket = connect(port(), '127.0.0.1', () => {
      socket.write(`POST ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n${head.join('')}\r\n`);
      socket.write(body);
    });
    socket.on('data', (chunk: Buffer) => chunks.push(chunk));
    socket.on('error', () => undefined);
    socket.on('close', () => done({ wire: Buffer.concat(chunks).toString('utf8'), pieces: chunks.length }));
  });
}

/** What the worker would make of the whole reply that is on the wire. */
function read(provider: ProviderId, wire: string): ProviderResult {
  const split = wire.indexOf('\r\n\r\n');
  const head = wire.slice(0, split);
  return dialects.of(provider).decodeReply({
    httpStatus: Number(head.slice(9, 12)),
    contentType: /content-type: (.*)/i.exec(head)?.[1] ?? '',
    body: Buffer.from(wire.slice(split + 4)),
  });
}

async function verify(provider: ProviderId, fault: object, elements = known): Promise<ProviderResult & { wire: string }> {
  expect((await script({ provider, fault })).status).toBe(201);
  const { wire } = await exchange(encode(provider, elements));
  return { ...read(provider, wire), wire };
}

const UNREADABLE = { outcome: 'PROVIDER_ERROR', charge: 'unknown', alerts: ['unreadableReply'] };

describe.each(ProviderId.options)('%s', (provider) => {
  it.each([
    [{ kind: 'halfJson' }],
    [{ kind: 'empty' }],
    [{ kind: 'html', httpStatus: 200 }],
    [{ kind: 'html', httpStatus: 503 }],
    [{ kind: 'http', httpStatus: 503, body: 'empty' }],
    [{ kind: 'redirect', httpStatus: 302 }],
    [{ kind: 'jsonType', type: 'list' }],
    [{ kind: 'jsonType', type: 'string' }],
    [{ kind: 'jsonType', type: 'number' }],
    [{ kind: 'jsonType', type: 'null' }],
    [{ kind: 'duplicateKeys', conflicting: true }],
  ])('charges and answers with %j, which nobody can read', async (fault) => {
    expect(await verify(provider, fault)).toMatchObject(UNREADABLE);
    expect(
      await verify(provider, 'when' in fault || fault.kind === 'duplicateKeys' ? fault : { ...fault, when: 'beforeCharge' }),
    ).toMatchObject(UNREADABLE);
    const [charged, spared] = await ledger();
    expect(charged).toMatchObject({ charged: true, lookedUp: 'MATCH', delivery: 'damaged', fault: fault.kind });
    if (fault.kind !== 'duplicateKeys') expect(spared).toMatchObject({ charged: false, lookedUp: null, delivery: 'damaged' });
  });

  it.each([
    [{ kind: 'contentType', contentType: 'text/html' }],
    [{ kind: 'envelope', shape: 'listOfInvoices' }],
    [{ kind: 'envelope', shape: 'status' }],
    [{ kind: 'envelope', shape: 'veritem' }],
    [{ kind: 'envelope', shape: 'dataAsText' }],
    [{ kind: 'codeForm', form: 'string' }],
    [{ kind: 'codeForm', form: 'number' }],
    [{ kind: 'duplicateKeys', conflicting: false }],
    [{ kind: 'drip', everyMs: 5, totalMs: 40 }],
  ])('answers as %j, which is read like any other', async (fault) => {
    expect(await verify(provider, fault)).toMatchObject({
      outcome: 'MATCH',
      charge: 'charged',
      alerts: [],
      face: { payee: '示例市第一医院' },
    });
    expect(await ledger()).toMatchObject([{ charged: true, delivery: 'answered', fault: fault.kind }]);
  });

  it('cuts the connection before, in the head and in the body of a reply', async () => {
    const cut = async (fault: object): Promise<string> => (await verify(provider, fault)).wire;
    expect(await cut({ kind: 'drop', when: 'afterCharge' })).toBe('');
    expect(await cut({ kind: 'drop', when: 'beforeCharge' })).toBe('');
    expect(await cut({ kind: 'stall', forMs: 30 })).toBe('');
    expect(await cut({ kind: 'cutHeaders' })).toBe('HTTP/1.1 200 OK\r\nContent-Type: appl');
    const wire = await cut({ kind: 'cut' });
    const length = Number(/content-length: (\d+)/i.exec(wire)?.[1]);
    expect(Buffer.byteLength(wire.slice(wire.indexOf('\r\n\r\n') + 4))).toBeLessThan(length);
    const lines = await ledger();
    expect(lines.map(({ charged }) => charged)).toEqual([true, false, true, true, true]);
    expect(lines.map(({ delivery }) => delivery)).toEqual(['dropped', 'dropped', 'dropped', 'damaged', 'damaged']);
  });

  it('stalls until the caller goes away', async () => {
    await script({ provider, fault: { kind: 'stall' } });
    const { path, headers, body } = encode(provider, known);
    const { 'Content-Length': _, ...rest } = headers;
    const asked = fetch(url(path), { method: 'POST', headers: rest, body: new Uint8Array(body), signal: AbortSignal.timeout(100) });
    await expect(asked).rejects.toThrow(/abort|timeout/i);
    expect(await ledger()).toMatchObject([{ charged: true, delivery: 'dropped' }]);
  });

  it('knows codes that nobody documents', async () => {
    const code = provider === 'generic' ? '7777' : '777';
    expect(await verify(provider, { kind: 'code', code })).toMatchObject({
      outcome: 'UNKNOWN_CODE',
      charge: provider === 'netocr' ? 'unknown' : 'notCharged',
    });
  });

  it('sends a redirect to itself, so that whoever follows is seen', async () => {
    const { wire } = await verify(provider, { kind: 'redirect', httpStatus: 307 });
    expect(wire).toMatch(new RegExp(`^HTTP/1.1 307 [^]*\r\nLocation: ${encode(provider, known).path}\r\n`));
    expect(await ledger()).toHaveLength(1);
  });

  it('has a clock of its own', async () => {
    const { wire, ...result } = await verify(provider, { kind: 'clockSkew', skewMs: 3_600_000 });
    const date = Date.parse(/\r\nDate: (.*)\r\n/.exec(wire)?.[1] ?? '');
    expect(date - Date.now()).toBeGreaterThan(3_500_000);
    // netocr's credentials hold no time, so its clock does not matter.
    expect(result.outcome).toBe({ netocr: 'MATCH', jumdata: 'UNKNOWN_CODE', generic: 'ACCOUNT' }[provider]);
    expect((await ledger())[0]).toMatchObject({ charged: provider === 'netocr', fault: 'clockSkew' });
  });
});

it.each([429, 500, 502, 503] as const)(
  'answers with the %d of a server before the service, whose status is no code',
  async (httpStatus) => {
    for (const provider of ProviderId.options) {
      const result = await verify(provider, { kind: 'http', httpStatus });
      // netocr is also read by `status`: that is an unknown code, not a verdict.
      expect(result).toMatchObject({ outcome: provider === 'netocr' ? 'UNKNOWN_CODE' : 'PROVIDER_ERROR', charge: 'unknown', face: null });
    }
  },
);

it.each([
  ['500', 'PROVIDER_ERROR'],
  ['603', 'ACCOUNT'],
  ['606', 'RATE'],
  ['609', 'RATE'],
])('is out of order with %s for as many requests as it is told', async (code, outcome) => {
  await script({ provider: 'jumdata', times: 3, fault: { kind: 'code', code } });
  const outcomes = [];
  for (let call = 0; call < 4; call++) outcomes.push(read('jumdata', (await exchange(encode('jumdata', known))).wire).outcome);
  expect(outcomes).toEqual([outcome, outcome, outcome, 'MATCH']);
});

it('contradicts its code in the charge flag, and bills as the flag says', async () => {
  expect(await verify('jumdata', { kind: 'contradictCharge' })).toMatchObject({
    outcome: 'MATCH',
    charge: 'notCharged',
    alerts: ['chargeContradictsCode'],
  });
  expect(await verify('generic', { kind: 'contradictCharge' })).toMatchObject({ charge: 'notCharged', alerts: ['chargeContradictsCode'] });
  expect(await verify('netocr', { kind: 'contradictCharge' })).toMatchObject({ charge: 'charged', alerts: [] });
  expect(await verify('jumdata', { kind: 'code', code: '203', charge: true })).toMatchObject({
    charge: 'charged',
    alerts: ['chargeContradictsCode'],
  });
  expect((await ledger()).map(({ charged }) => charged)).toEqual([false, false, true, true]);
});

it('drips a reply in pieces', async () => {
  await script({ fault: { kind: 'drip', everyMs: 10, totalMs: 100 } });
  const before = performance.now();
  const { pieces } = await exchange(encode('netocr', known));
  expect(performance.now() - before).toBeGreaterThanOrEqual(80);
  expect(pieces).toBeGreaterThanOrEqual(5);
});

describe('a mix', () => {
  const mix = [
    { share: 100, seed: 7, fault: { kind: 'drop', when: 'afterCharge' } },
    { share: 100, seed: 7, fault: { kind: 'drop', when: 'beforeCharge' } },
    { share: 50, seed: 7, provider: 'jumdata', fault: { kind: 'halfJson' } },
  ];
  const run = async (calls: number): Promise<(string | null)[]> => {
    for (let call = 0; call < calls; call++) await exchange(encode('netocr', { ...known, billNumber: String(call).padStart(10, '0') }));
    return (await ledger()).map(({ fault, charged }) => fault && `${fault} ${charged}`);
  };

  it('meets its share of the requests, the same ones every time, and other providers not', async () => {
    expect((await script(mix)).status).toBe(201);
    const faults = await run(300);
    const count = (what: string): number => faults.filter((fault) => fault === what).length;
    expect(count('drop true')).toBeGreaterThanOrEqual(15);
    expect(count('drop true')).toBeLessThanOrEqual(45);
    expect(count('drop false')).toBeGreaterThanOrEqual(15);
    expect(count('drop false')).toBeLessThanOrEqual(45);
    expect(faults.filter((fault) => fault?.startsWith('half'))).toEqual([]);

    const closed = new Promise((done) => server.close(done));
    server.closeAllConnections();
    await closed;
    server = await createSandbox({
      book,
      recordDirectory: undefined,
      generic: description,
      keepRequests: false,
      onError: (error) => errors.push(error),
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    await script(mix);
    expect(await run(300)).toEqual(faults);
    expect(await (await fetch(url('/_sandbox/requests'))).json()).toEqual([]);
  });

  it('gives way to a fault that is told to happen, and cannot be more than everything', async () => {
    await script({ share: 1_000, fault: { kind: 'empty' } });
    await script({ fault: { kind: 'jsonType', type: 'null' } });
    await exchange(encode('netocr', known));
    await exchange(encode('netocr', known));
    expect((await ledger()).map(({ fault }) => fault)).toEqual(['jsonType', 'empty']);
    expect((await script({ share: 1, fault: { kind: 'empty' } })).status).toBe(422);
    expect((await script({ share: 1, seed: 2, fault: { kind: 'empty' } })).status).toBe(201);
    expect((await script([{ fault: { kind: 'other' } }])).status).toBe(422);
  });
});

it('refuses connections for a while', async () => {
  const at = port();
  expect((await fetch(url('/_sandbox/outage'), { method: 'POST', body: '{"forMs":1500}', headers: { Connection: 'close' } })).status).toBe(
    202,
  );
  const canConnect = (): Promise<boolean> =>
    new Promise((done) => {
      const socket = connect(at, '127.0.0.1', () => {
        socket.destroy();
        done(true);
      });
      socket.on('error', () => done(false));
    });
  const until = async (wanted: boolean): Promise<void> => {
    while ((await canConnect()) !== wanted) await new Promise((done) => setTimeout(done, 5));
  };
  await until(false);
  await until(true);
  expect(read('netocr', (await exchange(encode('netocr', known))).wire).outcome).toBe('MATCH');
  expect((await fetch(url('/_sandbox/outage'), { method: 'POST', body: '{}' })).status).toBe(422);
});

it('hands out its bill for one provider as a statement', async () => {
  await exchange(encode('jumdata', known));
  await verify('jumdata', { kind: 'drop', when: 'afterCharge' });
  await verify('jumdata', { kind: 'code', code: '603' });
  // Lost before the service saw it: no statement lists it.
  await verify('jumdata', { kind: 'drop', when: 'beforeCharge' });
  await exchange(encode('netocr', { ...known, billNumber: '9,"9' }));
  await exchange(dialects.of('netocr').encodeRequest({ ...CREDENTIALS.netocr, secret: 'WRONG' }, known, new Date()));
  const statement = async (provider: string) => {
    const response = await fetch(url(`/_sandbox/statement?provider=${provider}`));
    return { type: response.headers.get('content-type'), bytes: Buffer.from(await response.arrayBuffer()) };
  };
  const jumdata = await statement('jumdata');
  expect(jumdata.type).toBe('text/csv;charset=UTF-8');
  expect([...jumdata.bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  const lines = await ledger();
  const time = (line: LedgerLine): string => new Date(Date.parse(line.at) + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');
  const row = (line: LedgerLine, rest: string): string => `${time(line)},${line.taskNumber},33060126,0041207735,${rest}`;
  expect(jumdata.bytes.subarray(3).toString()).toBe(
    [
      '调用时间,任务号,票据代码,票据号码,返回码,是否计费,费用',
      row(lines[0]!, '200,是,1.25'),
      row(lines[1]!, '200,是,1.25'),
      row(lines[2]!, '603,否,0.00'),
      '',
    ].join('\r\n'),
  );
  // A stranger's call is on nobody's bill.
  const netocr = (await statement('netocr')).bytes.toString().split('\r\n');
  expect(netocr).toHaveLength(3);
  expect(netocr[1]).toMatch(/,33060126,"9,""9",-30008,否,0\.00$/);
  expect((await fetch(url('/_sandbox/statement?provider=other'))).status).toBe(422);
});
