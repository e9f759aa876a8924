import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { Agent, request } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { EGRESS_CALL_PATH, EgressReply, type EgressCall } from '@app/contracts';
import { createCertificates, freePorts, type CertificateFiles, type Certificates } from '@app/devstack';
import { SOURCE_ARGV } from '../../../test/support/source-argv';

/** Real process, real mutual TLS, real disk; only the provider is played by a server of this file. */
const ROOT = resolve(__dirname, '../../..');
const elements = { billCode: '33060126', billNumber: '0041207735', checkCode: 'w7be2z', issueDate: '2026-04-09', totalAmount: '486.20' };
const newKey = (): string => randomBytes(32).toString('base64url');
const newCall = (): EgressCall => ({ attemptId: randomUUID(), replyKey: newKey(), provider: 'netocr', elements });

let home: string;
let certificates: Certificates;
let provider: Server;
let providerMode: 'answer' | 'hang' | 'cut';
let received: string[];
let gateway: Gateway;

interface Gateway {
  process: ChildProcess;
  port: number;
  healthPort: number;
  log(): string;
}

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'piaoyan-egress-'));
  certificates = await createCertificates(join(home, 'tls'));
  provider = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      received.push(Buffer.concat(chunks).toString());
      if (providerMode === 'answer') outgoing.end('{"code":0,"msg":"查验成功发票一致","data":{}}');
      if (providerMode === 'cut') incoming.socket.destroy();
    });
  });
  await new Promise<void>((done) => provider.listen(0, '127.0.0.1', done));
  gateway = await startGateway();
});

beforeEach(() => {
  received = [];
  providerMode = 'answer';
});

afterAll(async () => {
  await stop(gateway, 'SIGTERM');
  provider.closeAllConnections();
  await new Promise((done) => provider.close(done));
  await rm(home, { recursive: true });
});

async function startGateway(
  change: { closedPort?: number; totalTimeoutMs?: number; ratePerSecond?: number; burst?: number } = {},
): Promise<Gateway> {
  const providersFile = join(home, `providers-${randomUUID()}.json`);
  await writeFile(join(home, 'secret'), 'DEMOSECRET000001\n');
  const port = change.closedPort ?? (provider.address() as AddressInfo).port;
  const account = {
    baseUrl: `http://127.0.0.1:${port}`,
    credentials: { key: 'DEMOKEY000000001', secretFile: 'secret' },
    totalTimeoutMs: change.totalTimeoutMs ?? 30_000,
    ratePerSecond: change.ratePerSecond ?? 1_000,
    ...(change.burst === undefined ? {} : { burst: change.burst }),
  };
  await writeFile(providersFile, JSON.stringify({ netocr: account }));
  const [egressPort = 0, healthPort = 0] = await freePorts(2);
  const child = spawn(process.execPath, [...SOURCE_ARGV, 'apps/egress/src/main.ts'], {
    cwd: ROOT,
    env: {
      PATH: process.env['PATH'],
      // A proxy of the environment must see nothing: nobody listens there, so every call would fail.
      NODE_USE_ENV_PROXY: '1',
      HTTP_PROXY: 'http://127.0.0.1:1',
      HTTPS_PROXY: 'http://127.0.0.1:1',
      PIAOYAN_EGRESS_PORT: String(egressPort),
      PIAOYAN_HEALTH_PORT: String(healthPort),
      PIAOYAN_TLS_CERT_FILE: certificates.egress.certFile,
      PIAOYAN_TLS_KEY_FILE: certificates.egress.keyFile,
      PIAOYAN_TLS_CLIENT_CA_FILE: certificates.caFile,
      PIAOYAN_EGRESS_JOURNAL_DIR: join(home, 'journal'),
      PIAOYAN_EGRESS_PROVIDERS_FILE: providersFile,
    },
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const started = { process: child, port: egressPort, healthPort, log: () => output };
  await until(async () => {
    if (child.exitCode !== null) throw new Error(`egress ended with ${child.exitCode}:\n${output}`);
    const ready = await fetch(`http://127.0.0.1:${healthPort}/health/ready`).catch(() => null);
    return ready?.status === 200;
  });
  return started;
}

async function stop(target: Gateway, signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null> {
  const ended = once(target.process, 'exit') as Promise<[number | null]>;
  target.process.kill(signal);
  return (await ended)[0];
}

async function until(condition: () => boolean | Promise<boolean>, deadlineMs = 120_000): Promise<void> {
  const deadline = Date.now() + deadlineMs;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`condition not met within ${deadlineMs} ms`);
    await new Promise((done) => setTimeout(done, 20));
  }
}

interface Answer {
  status: number;
  body: unknown;
}

async function post(
  body: unknown,
  options: { to?: Gateway; client?: CertificateFiles | null; type?: string; path?: string } = {},
): Promise<Answer> {
  const { to = gateway, client = certificates.worker, type = 'application/json', path = EGRESS_CALL_PATH } = options;
  const identity = client ? { cert: await readFile(client.certFile), key: await readFile(client.keyFile) } : {};
  const agent = new Agent({ ca: await readFile(certificates.caFile), ...identity });
  return new Promise((done, fail) => {
    const outgoing = request(
      { host: '127.0.0.1', port: to.port, method: 'POST', path, agent, headers: { 'Content-Type': type } },
      (incoming) => {
        let text = '';
        incoming.on('data', (chunk: Buffer) => (text += chunk.toString()));
        incoming.on('error', fail);
        incoming.on('end', () => done({ status: incoming.statusCode ?? 0, body: JSON.parse(text) as unknown }));
      },
    );
    outgoing.on('error', fail);
    outgoing.end(typeof body === 'string' ? body : JSON.stringify(body));
  });
}

const replyOf = ({ status, body }: Answer): EgressReply => {
  expect(status).toBe(200);
  return EgressReply.parse(body);
};

describe('a call', () => {
  it('goes out once with the five elements and is answered from the journal from then on', async () => {
    const call = newCall();
    const first = replyOf(await post(call));
    expect(first).toMatchObject({ state: 'answered', attemptId: call.attemptId, httpStatus: 200 });
    expect(replyOf(await post(call))).toEqual(first);
    expect(replyOf(await post({ ...call, attemptId: call.attemptId.toUpperCase() }))).toEqual(first);
    expect(received).toHaveLength(1);
    for (const value of Object.values(elements)) expect(received[0]).toContain(value);
    for (const ours of [call.attemptId, call.replyKey]) expect(received[0]).not.toContain(ours);
  });

  it('is made once when fifty requests for it come together', async () => {
    const call = newCall();
    const replies = (await Promise.all(Array.from({ length: 50 }, () => post(call)))).map(replyOf);
    expect(received).toHaveLength(1);
    expect(replies.filter((reply) => reply.state === 'answered').length).toBeGreaterThanOrEqual(1);
    expect(replies.every((reply) => reply.state === 'answered' || reply.state === 'inFlight')).toBe(true);
    expect(replyOf(await post(call)).state).toBe('answered');
  });

  it('is refused when its id was used for other elements or with another key', async () => {
    const call = newCall();
    await post(call);
    expect(await post({ ...call, elements: { ...elements, totalAmount: '486.21' } })).toEqual({
      status: 409,
      body: { code: 'attempt-conflict' },
    });
    expect(await post({ ...call, provider: 'jumdata' })).toEqual({ status: 409, body: { code: 'attempt-conflict' } });
    expect(await post({ ...call, replyKey: newKey() })).toEqual({ status: 409, body: { code: 'attempt-conflict' } });
    expect(received).toHaveLength(1);
  });

  it('is unknown, for ever, when the reply is lost', async () => {
    providerMode = 'cut';
    const call = newCall();
    const reply = replyOf(await post(call));
    expect(reply).toMatchObject({ state: 'unknown', reason: 'cut' });
    providerMode = 'answer';
    expect(replyOf(await post(call))).toEqual(reply);
    expect(received).toHaveLength(1);
  });

  it('says so when its provider has no account here', async () => {
    expect(replyOf(await post({ ...newCall(), provider: 'jumdata' }))).toMatchObject({ state: 'notSent', reason: 'notConfigured' });
    expect(received).toHaveLength(0);
  });
});

describe('what is refused, with nothing sent', () => {
  afterEach(() => expect(received).toHaveLength(0));

  it.each([
    ['a sixth element', { ...newCall(), elements: { ...elements, payer: '甲' } }],
    ['a key beside the elements', { ...newCall(), image: 'AAAA' }],
    ['no key for the reply', { ...newCall(), replyKey: undefined }],
    ['a key of another length', { ...newCall(), replyKey: randomBytes(31).toString('base64url') }],
    ['a missing element', { ...newCall(), elements: { ...elements, checkCode: undefined } }],
    ['an element in a wrong form', { ...newCall(), elements: { ...elements, totalAmount: '486.2' } }],
    ['an unknown provider', { ...newCall(), provider: 'other' }],
    ['a list', [newCall()]],
  ])('%s', async (_name, body) => {
    const answer = await post(body);
    expect(answer).toMatchObject({ status: 422, body: { code: 'invalid-call' } });
    expect(JSON.stringify(answer.body)).not.toMatch(/payer|image|甲|33060126/);
  });

  it('a body that is too large, no JSON, or of another type', async () => {
    expect(await post({ ...newCall(), image: 'A'.repeat(4_096) })).toEqual({ status: 413, body: { code: 'request-too-large' } });
    expect(await post('{"attemptId":')).toEqual({ status: 400, body: { code: 'malformed-request' } });
    expect(await post('x', { type: 'image/jpeg' })).toEqual({ status: 415, body: { code: 'unsupported-media-type' } });
    expect(await post('x', { type: 'text/plain' })).toEqual({ status: 415, body: { code: 'unsupported-media-type' } });
  });

  it('another route', async () => {
    expect(await post(newCall(), { path: '/v1/images' })).toEqual({ status: 404, body: { code: 'no-such-route' } });
  });

  it('a caller without a certificate, with one of another authority, or with one for servers', async () => {
    const stranger = await createCertificates(join(home, 'stranger'));
    for (const client of [null, stranger.worker, certificates.egress]) await expect(post(newCall(), { client })).rejects.toThrow();
  });
});

it('leaves an attempt unknown when it is killed in the middle, and never sends it again', async () => {
  providerMode = 'hang';
  const first = await startGateway();
  const call = newCall();
  const lost = post(call, { to: first });
  lost.catch(() => undefined);
  await until(() => received.length === 1);
  expect(replyOf(await post(call)).state).toBe('inFlight');
  await stop(first, 'SIGKILL');
  await expect(lost).rejects.toThrow();
  providerMode = 'answer';
  for (const asked of [gateway, gateway])
    expect(replyOf(await post(call, { to: asked }))).toMatchObject({ state: 'unknown', reason: 'interrupted' });
  expect(received).toHaveLength(1);
});

it('makes one call when two processes are asked at once', async () => {
  const second = await startGateway();
  const calls = Array.from({ length: 20 }, newCall);
  await Promise.all(calls.flatMap((call) => [post(call), post(call, { to: second }), post(call), post(call, { to: second })]));
  expect(received).toHaveLength(calls.length);
  expect(await stop(second, 'SIGTERM')).toBe(0);
});

it('sends no faster than the account permits, and remembers nothing of what it did not send', async () => {
  // One slot in ten seconds, so that a slow machine sees the same.
  const slow = await startGateway({ ratePerSecond: 0.1, burst: 2 });
  const calls = Array.from({ length: 6 }, newCall);
  const replies: EgressReply[] = [];
  for (const call of calls) replies.push(replyOf(await post(call, { to: slow })));
  const throttled = replies.filter((reply) => reply.state === 'throttled');
  expect(received).toHaveLength(calls.length - throttled.length);
  expect(throttled.length).toBeGreaterThanOrEqual(2);
  for (const { retryAfterMs } of throttled) expect(retryAfterMs).toBeLessThanOrEqual(60_000);
  // What was sent is answered from the journal, slot or not; another process may send what was throttled here.
  expect(replyOf(await post(calls[0], { to: slow }))).toEqual(replies[0]);
  const refused = calls[replies.findIndex((reply) => reply.state === 'throttled')]!;
  expect(replyOf(await post(refused)).state).toBe('answered');
  expect(replyOf(await post(refused, { to: slow })).state).toBe('answered');
  expect(await post({ ...refused, elements: { ...elements, totalAmount: '1.00' } }, { to: slow })).toMatchObject({ status: 409 });
  expect(await stop(slow, 'SIGTERM')).toBe(0);
});

it('tells a provider that cannot be reached from one that does not answer', async () => {
  providerMode = 'hang';
  const impatient = await startGateway({ totalTimeoutMs: 1_000 });
  expect(replyOf(await post(newCall(), { to: impatient }))).toMatchObject({ state: 'unknown', reason: 'timeout' });
  const severed = await startGateway({ closedPort: 1 });
  const call = newCall();
  const reply = replyOf(await post(call, { to: severed }));
  expect(reply).toMatchObject({ state: 'notSent', reason: 'connect' });
  expect(replyOf(await post(call))).toEqual(reply);
  expect(received).toHaveLength(1);
  await Promise.all([stop(impatient, 'SIGTERM'), stop(severed, 'SIGTERM')]);
});

it('writes down the reply of a call under way before it stops', async () => {
  providerMode = 'hang';
  const stopping = await startGateway({ totalTimeoutMs: 1_500 });
  const call = newCall();
  const answered = post(call, { to: stopping });
  await until(() => received.length === 1);
  expect(await stop(stopping, 'SIGTERM')).toBe(0);
  expect(replyOf(await answered)).toMatchObject({ state: 'unknown', reason: 'timeout' });
  expect(replyOf(await post(call))).toMatchObject({ state: 'unknown', reason: 'timeout' });
});

it('sends nothing, and is not ready, while its journal cannot be written', async () => {
  const journal = join(home, 'journal');
  const ready = () => fetch(`http://127.0.0.1:${gateway.healthPort}/health/ready`);
  await rename(journal, `${journal}.away`);
  await writeFile(journal, '');
  const call = newCall();
  expect(await post(call)).toEqual({ status: 503, body: { code: 'journal-unavailable' } });
  expect(await (await ready()).json()).toEqual({ status: 'unavailable', failing: ['journal'] });
  expect(received).toHaveLength(0);
  await rm(journal);
  await rename(`${journal}.away`, journal);
  expect(await (await ready()).json()).toEqual({
    status: 'ok',
    details: {
      journal: {
        ...{ freeBytes: expect.any(Number) as number, volumeBytes: expect.any(Number) as number },
        ...{ bytes: null, attempts: null, spoilt: null, oldestAt: null, measuredAt: null },
      },
    },
  });
  expect(replyOf(await post(call)).state).toBe('answered');
});

it('leaves no element, no credential, no key and nothing of a reply in its log or its journal', async () => {
  const call = newCall();
  expect(replyOf(await post(call)).state).toBe('answered');
  const journal = join(home, 'journal');
  const files = (await readdir(journal, { recursive: true })).filter((name) => name.endsWith('.json'));
  expect(files.filter((name) => name.includes(call.attemptId))).toHaveLength(2);
  const texts = [gateway.log(), ...(await Promise.all(files.map((name) => readFile(join(journal, name), 'utf8'))))];
  const secret = /33060126|0041207735|w7be2z|2026-04-09|486\.2|DEMOKEY|DEMOSECRET|查验成功/;
  for (const text of texts) {
    expect(text).not.toMatch(secret);
    expect(text).not.toContain(call.replyKey);
    for (const [, sealed = ''] of text.matchAll(/"sealed":"([^"]*)"/g))
      expect(Buffer.from(sealed, 'base64').toString()).not.toMatch(secret);
  }
  expect(gateway.log()).toContain('"state":"answered"');
  // Refused requests are in the log by their count and rule, without what they held.
  expect(gateway.log()).toMatch(/"code":"invalid-call","count":\d+,"rules":\["unrecognized_keys"\]/);
  expect(gateway.log()).toMatch(/"code":"client-certificate","count":\d+/);
  expect(gateway.log()).not.toMatch(/payer|image|甲/);
});
