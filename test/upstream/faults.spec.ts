import type { Server } from 'node:http';
import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { type EgressReply, type Elements, type Outcome, ProviderId, shanghaiDay } from '@app/contracts';
import { ProviderDialects } from '@app/providers';
import { UpstreamCaller } from '../../apps/egress/src/upstream/upstream-caller';
import { SandboxBook } from '../../apps/sandbox/src/book/book.schema';
import type { LedgerLine } from '../../apps/sandbox/src/records/ledger';
import { createSandbox } from '../../apps/sandbox/src/sandbox';
import { documentedDescription } from '../support/documented-provider';

/** Real: the gateway's caller, the wire, the sandbox, the dialects. Not here: journal, worker, database. */
const description = documentedDescription();
const dialects = new ProviderDialects({ generic: description });
const accounts = { netocr: { key: 'K', secret: 'S' }, jumdata: { appId: 'A', appSecret: 'S' }, generic: { id: 'I', secret: 'S' } };
const today = shanghaiDay(new Date());
const billOf = (number: number): Elements => ({
  ...{ billCode: '33060126', billNumber: String(number).padStart(10, '0'), checkCode: '7be20c', issueDate: today, totalAmount: '486.20' },
});
// Of three bills one is in the book, one is reversed, and one is unknown.
const BILLS = Array.from({ length: 600 }, (_, number) => number).filter((number) => number % 3 !== 2);

let server: Server;
let caller: UpstreamCaller;
beforeAll(async () => {
  const book = SandboxBook.parse({ accounts, bills: BILLS.map((number) => ({ elements: billOf(number), reversed: number % 3 === 1 })) });
  const onError = (error: unknown): void => {
    throw error;
  };
  server = await createSandbox({ book, recordDirectory: undefined, generic: description, onError });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const line = { baseUrl: address(), connectTimeoutMs: 1_000, totalTimeoutMs: 2_000, ratePerSecond: 1_000, burst: 1_000 };
  caller = await UpstreamCaller.create(
    {
      netocr: { ...line, credentials: { ...accounts.netocr, encoding: 'multipart' } },
      jumdata: { ...line, credentials: { ...accounts.jumdata, dateParameter: 'kqrq' } },
      generic: { ...line, credentials: accounts.generic },
    },
    { dialects },
  );
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
});

const address = (): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
const ledger = async (): Promise<LedgerLine[]> => (await (await fetch(`${address()}/_sandbox/ledger`)).json()) as LedgerLine[];

/** What the worker would write down of a reply. */
function told(provider: ProviderId, reply: EgressReply): { outcome: Outcome; charge: string; reversed: boolean | null } {
  if (reply.state !== 'answered')
    return { outcome: 'NETWORK_TIMEOUT', charge: reply.state === 'notSent' ? 'notCharged' : 'unknown', reversed: null };
  const body = Buffer.from(reply.bodyBase64, 'base64');
  const { outcome, charge, face } = dialects.of(provider).decodeReply({ ...reply, body });
  return { outcome, charge, reversed: face?.reversed ?? null };
}

const when = (moment: string) => ({ when: moment });
const MIX: object[] = ['beforeCharge', 'afterCharge'].flatMap((moment) => [
  ...['drop', 'cut', 'cutHeaders', 'halfJson', 'empty'].map((kind) => ({ kind, ...when(moment) })),
  ...[200, 502, 503].map((httpStatus) => ({ kind: 'html', httpStatus, ...when(moment) })),
  ...[429, 500, 502, 503].flatMap((httpStatus) => ['json', 'empty'].map((body) => ({ kind: 'http', httpStatus, body, ...when(moment) }))),
  ...[301, 302, 307].map((httpStatus) => ({ kind: 'redirect', httpStatus, ...when(moment) })),
  ...['list', 'string', 'number', 'null'].map((type) => ({ kind: 'jsonType', type, ...when(moment) })),
]);
MIX.push(
  { kind: 'huge', sizeB: 1_100_000 },
  { kind: 'contradictCharge' },
  { kind: 'code', code: '777' },
  { kind: 'duplicateKeys', conflicting: true },
  { kind: 'duplicateKeys', conflicting: false },
  { kind: 'contentType', contentType: 'text/html' },
  ...['string', 'number'].map((form) => ({ kind: 'codeForm', form })),
  ...['listOfInvoices', 'status', 'veritem', 'dataAsText'].map((shape) => ({ kind: 'envelope', shape })),
  { kind: 'clockSkew', skewMs: 600_000 },
  { kind: 'drip', everyMs: 5, totalMs: 20 },
);

it.each(ProviderId.options)('whatever goes wrong, %s never gives a wrong green light, a lost charge or a second call', async (provider) => {
  const share = Math.floor(800 / MIX.length);
  const rules = MIX.map((fault) => ({ share, seed: 20_260_520, provider, fault }));
  for (const part of [rules.slice(0, 50), rules.slice(50)].filter((each) => each.length > 0)) {
    expect((await fetch(`${address()}/_sandbox/faults`, { method: 'POST', body: JSON.stringify(part) })).status).toBe(201);
  }
  const before = (await ledger()).length;
  const results = [];
  for (let number = 0; number < 600; number++) {
    const reply = await caller.call({ attemptId: randomUUID(), provider, elements: billOf(number) });
    results.push({ number, ...told(provider, reply) });
  }
  await fetch(`${address()}/_sandbox/faults`, { method: 'DELETE' });

  const lines = (await ledger()).slice(before);
  expect(lines).toHaveLength(results.length);
  const wrong = results.filter(({ number, outcome, charge, reversed }, at) => {
    const line = lines[at]!;
    const isGreen = outcome === 'MATCH' && reversed === false;
    if (isGreen && (number % 3 !== 0 || line.lookedUp !== 'MATCH' || line.delivery !== 'answered')) return true;
    if (charge !== 'unknown' && (charge === 'charged') !== line.charged) return true;
    return ['MATCH', 'MISMATCH', 'NOT_FOUND'].includes(outcome) && outcome !== line.lookedUp;
  });
  expect(wrong).toEqual([]);
  // The mix did what it was for, and left enough alone.
  expect(new Set(lines.map(({ fault }) => fault)).size).toBeGreaterThanOrEqual(15);
  expect(results.filter(({ charge }) => charge === 'unknown').length).toBeGreaterThanOrEqual(100);
  expect(results.filter(({ outcome, reversed }) => outcome === 'MATCH' && reversed === false).length).toBeGreaterThanOrEqual(40);
});
