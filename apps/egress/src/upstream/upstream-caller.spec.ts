import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer as createTlsServer } from 'node:tls';
import type { UpstreamCall } from '@app/contracts';
import { createCertificates, type Certificates } from '@app/devstack';
import { ProviderDialects } from '@app/providers';
import { documentedDescription } from '../../../../test/support/documented-provider';
import type { ClockSkewListener } from './clock-watch';
import { REPLY_LIMIT_BYTES } from './exchange';
import { UpstreamCaller } from './upstream-caller';

const call: UpstreamCall = {
  attemptId: randomUUID(),
  provider: 'jumdata',
  elements: { billCode: '42050126', billNumber: '0007315520', checkCode: '90d3f1', issueDate: '2026-05-12', totalAmount: '12605.50' },
};
const OK = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}';

const dialects = new ProviderDialects({ generic: documentedDescription() });
let skews: Parameters<ClockSkewListener>[];
let directory: string;
let certificates: Certificates;
const servers: Server[] = [];
let received: string[];
let connections: number;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'piaoyan-upstream-'));
  certificates = await createCertificates(directory);
});
beforeEach(() => {
  received = [];
  connections = 0;
  skews = [];
});
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => new Promise((done) => server.close(done))));
});
afterAll(() => rm(directory, { recursive: true }));

/** Plays the provider on the bare connection: `reply` is written once a whole request came. */
const behave = (reply: (socket: Socket) => void) => (socket: Socket) => {
  connections++;
  let text = '';
  socket.on('error', () => undefined);
  socket.on('data', (chunk: Buffer) => {
    text += chunk.toString('latin1');
    if (!/&je=|"amount"/.test(text)) return;
    received.push(text);
    text = '';
    reply(socket);
  });
};

async function listen(server: Server): Promise<number> {
  servers.push(server);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return (server.address() as AddressInfo).port;
}

async function caller(baseUrl: string, change: { caFile?: string; connectTimeoutMs?: number; totalTimeoutMs?: number } = {}) {
  const credentials = { appId: 'demo', appSecret: 'SECRET', dateParameter: 'kqrq' as const };
  const limits = { connectTimeoutMs: 2_000, totalTimeoutMs: 5_000, ratePerSecond: 2, burst: 2 };
  const accounts = {
    jumdata: { baseUrl, credentials, ...limits, ...change },
    generic: { baseUrl, credentials: { id: 'bank-01', secret: 'SECRET' }, ...limits, ...change },
  };
  return UpstreamCaller.create(accounts, { dialects, onClockSkew: (...told) => skews.push(told) });
}

async function callPlain(reply: (socket: Socket) => void, totalTimeoutMs = 5_000) {
  const port = await listen(createServer(behave(reply)));
  return (await caller(`http://127.0.0.1:${port}`, { totalTimeoutMs })).call(call);
}

describe('what leaves', () => {
  it('is the request line, four headers and the body, and nothing else', async () => {
    const reply = await callPlain((socket) => socket.end(OK));
    expect(reply).toMatchObject({ state: 'answered', httpStatus: 200, contentType: 'application/json', bodyBase64: 'e30=' });
    const [head = '', body = ''] = received[0]!.split('\r\n\r\n');
    const [requestLine, ...headers] = head.split('\r\n');
    expect(requestLine).toBe('POST /invoice/validate/fiscal HTTP/1.1');
    expect(headers.map((line) => line.split(':', 1)[0])).toEqual(['Host', 'Content-Type', 'Content-Length', 'Connection']);
    expect([...new URLSearchParams(body).keys()]).toEqual(['appId', 'timestamp', 'sign', 'fpdm', 'fphm', 'jym', 'kqrq', 'je']);
    expect(received[0]).not.toContain('SECRET');
  });

  it('leaves once, whatever the reply asks for', async () => {
    const reply = await callPlain((socket) =>
      socket.end('HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n'),
    );
    expect(reply).toMatchObject({ state: 'answered', httpStatus: 302, bodyBase64: '' });
    expect(connections).toBe(1);
  });
});

describe('a reply that only looks odd is handed on as it came:', () => {
  afterEach(() => expect(received).toHaveLength(1));

  it.each([
    ['another content type', 'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 2\r\n\r\n{}', 200, '{}'],
    ['no content type', 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}', 200, '{}'],
    ['half JSON of the right length', 'HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\n{"code"', 200, '{"code"'],
    ['half JSON that ends with the connection', 'HTTP/1.1 200 OK\r\n\r\n{"code"', 200, '{"code"'],
    ['an error page', 'HTTP/1.1 502 Bad Gateway\r\nContent-Length: 6\r\n\r\n<html>', 502, '<html>'],
    ['an interim reply before it', `HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n${OK}`, 200, '{}'],
    ['pieces', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n{\r\n1\r\n}\r\n0\r\n\r\n', 200, '{}'],
    ['a second reply after it', `${OK}${OK}`, 200, '{}'],
  ])('%s', async (_name, wire, httpStatus, body) => {
    const reply = await callPlain((socket) => socket.end(wire));
    expect(reply).toMatchObject({ state: 'answered', httpStatus, bodyBase64: Buffer.from(body).toString('base64') });
  });

  it.each([301, 302, 307, 308])('a redirect (%d), which is not followed', async (status) => {
    const body = '{"code":200}';
    const head = `HTTP/1.1 ${status} Moved\r\nLocation: /invoice/validate/fiscal\r\nContent-Length: ${body.length}\r\n\r\n`;
    const reply = await callPlain((socket) => socket.end(head + body));
    expect(reply).toMatchObject({ state: 'answered', httpStatus: status });
    const seen = dialects.of('jumdata').decodeReply({ httpStatus: status, contentType: '', body: Buffer.from(body) });
    expect(seen).toMatchObject({ outcome: 'PROVIDER_ERROR', charge: 'unknown' });
    expect(connections).toBe(1);
  });
});

describe('a request that was sent is unknown when its reply', () => {
  afterEach(() => expect(received).toHaveLength(1));

  it('does not come in time', async () => {
    expect(await callPlain(() => undefined, 300)).toMatchObject({ state: 'unknown', reason: 'timeout' });
  });

  it('comes too slowly', async () => {
    const reply = await callPlain((socket) => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{'), 300);
    expect(reply).toMatchObject({ state: 'unknown', reason: 'timeout' });
  });

  it('drips on for ever', async () => {
    let drip: NodeJS.Timeout | undefined;
    const reply = await callPlain((socket) => {
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n');
      drip = setInterval(() => socket.write(' '), 20);
    }, 300);
    clearInterval(drip);
    expect(reply).toMatchObject({ state: 'unknown', reason: 'timeout' });
  });

  it('drips interim replies for ever', async () => {
    let drip: NodeJS.Timeout | undefined;
    const reply = await callPlain((socket) => {
      drip = setInterval(() => socket.write('HTTP/1.1 102 Processing\r\n\r\n'), 20);
    }, 300);
    clearInterval(drip);
    expect(reply).toMatchObject({ state: 'unknown', reason: 'timeout' });
  });

  it('has headers that never end', async () => {
    const reply = await callPlain((socket) => {
      socket.write('HTTP/1.1 200 OK\r\n');
      const more = (): void => {
        if (!socket.destroyed) socket.write(`X-More: ${'x'.repeat(1_000)}\r\n`, more);
      };
      more();
    });
    expect(reply).toMatchObject({ state: 'unknown', reason: 'cut' });
  });

  it.each([
    ['in the status line', 'HTTP/1.1 2'],
    ['in the headers', 'HTTP/1.1 200 OK\r\nContent-Ty'],
    ['in the body', 'HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{"code'],
    ['in a piece', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\n{"code'],
  ])('is reset %s', async (_name, wire) => {
    const reply = await callPlain((socket) => socket.write(wire, () => socket.resetAndDestroy()));
    expect(reply).toMatchObject({ state: 'unknown', reason: 'cut' });
  });

  it.each([
    ['is another protocol', 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n'],
    ['has two lengths', 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}'],
    ['has a length and pieces', 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n'],
    ['is interim only', 'HTTP/1.1 100 Continue\r\n\r\n'],
  ])('%s', async (_name, wire) => {
    expect(await callPlain((socket) => socket.end(wire))).toMatchObject({ state: 'unknown', reason: 'cut' });
  });

  it('never starts', async () => {
    expect(await callPlain((socket) => socket.end())).toMatchObject({ state: 'unknown', reason: 'cut' });
  });

  it('is reset', async () => {
    expect(await callPlain((socket) => socket.resetAndDestroy())).toMatchObject({ state: 'unknown', reason: 'cut' });
  });

  it('ends early', async () => {
    const reply = await callPlain((socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{}'));
    expect(reply).toMatchObject({ state: 'unknown', reason: 'cut' });
  });

  it('is no HTTP', async () => {
    expect(await callPlain((socket) => socket.end('nonsense\r\n\r\n'))).toMatchObject({ state: 'unknown', reason: 'cut' });
  });

  it('is larger than any reply', async () => {
    const reply = await callPlain((socket) => socket.end(`HTTP/1.1 200 OK\r\n\r\n${' '.repeat(REPLY_LIMIT_BYTES + 1)}`));
    expect(reply).toMatchObject({ state: 'unknown', reason: 'tooLarge' });
  });
});

it('is unknown when the connection is reset before the whole request was read', async () => {
  const server = createServer((socket) => socket.on('error', () => undefined).once('data', () => socket.resetAndDestroy()));
  const reply = await (await caller(`http://127.0.0.1:${await listen(server)}`)).call(call);
  expect(reply).toMatchObject({ state: 'unknown', reason: 'cut' });
});

it('keeps a reply of the largest size', async () => {
  const reply = await callPlain((socket) => socket.end(`HTTP/1.1 200 OK\r\n\r\n${' '.repeat(REPLY_LIMIT_BYTES)}`));
  expect(reply.state === 'answered' && Buffer.from(reply.bodyBase64, 'base64').length).toBe(REPLY_LIMIT_BYTES);
});

describe('nothing was sent when', () => {
  afterEach(() => expect(received).toHaveLength(0));

  it('the name is not known', async () => {
    const reply = await (await caller('https://provider.invalid', { connectTimeoutMs: 1_000 })).call(call);
    expect(reply).toMatchObject({ state: 'notSent', reason: 'dns' });
  });

  it('nobody listens', async () => {
    const server = createServer();
    const port = await listen(server);
    await new Promise((done) => servers.splice(0)[0]!.close(done));
    expect(await (await caller(`http://127.0.0.1:${port}`)).call(call)).toMatchObject({ state: 'notSent', reason: 'connect' });
  });

  it('the certificate is of an authority that is not trusted', async () => {
    const port = await listen(await tlsServer());
    expect(await (await caller(`https://127.0.0.1:${port}`)).call(call)).toMatchObject({ state: 'notSent', reason: 'tls' });
  });

  it('the certificate is for another name', async () => {
    const port = await listen(await tlsServer());
    const stranger = await caller(`https://127.0.0.2:${port}`, { caFile: certificates.caFile });
    servers.push(await listenOn(await tlsServer(), '127.0.0.2', port));
    expect(await stranger.call(call)).toMatchObject({ state: 'notSent', reason: 'tls' });
  });

  it('the connection is reset in the handshake', async () => {
    const server = createServer((socket) => socket.on('error', () => undefined).once('data', () => socket.resetAndDestroy()));
    const reply = await (await caller(`https://127.0.0.1:${await listen(server)}`)).call(call);
    expect(reply).toMatchObject({ state: 'notSent', reason: 'tls' });
  });

  it('the other side does not speak TLS', async () => {
    const server = createServer((socket) =>
      socket
        .on('error', () => undefined)
        .resume()
        .end(OK),
    );
    const reply = await (await caller(`https://127.0.0.1:${await listen(server)}`)).call(call);
    expect(reply).toMatchObject({ state: 'notSent', reason: 'tls' });
  });

  it('connecting would leave no time for an answer', async () => {
    const port = await listen(createServer((socket) => socket.on('error', () => undefined).resume()));
    const hurried = await caller(`https://127.0.0.1:${port}`, { connectTimeoutMs: 5_000, totalTimeoutMs: 300 });
    expect(await hurried.call(call)).toMatchObject({ state: 'notSent', reason: 'tls' });
  });

  it('the handshake does not end in time', async () => {
    const port = await listen(createServer((socket) => socket.on('error', () => undefined).resume()));
    const impatient = await caller(`https://127.0.0.1:${port}`, { connectTimeoutMs: 200 });
    expect(await impatient.call(call)).toMatchObject({ state: 'notSent', reason: 'tls' });
  });

  it('the provider has no account here', async () => {
    const reply = await (await caller('http://127.0.0.1:1')).call({ ...call, provider: 'netocr' });
    expect(reply).toMatchObject({ state: 'notSent', reason: 'notConfigured' });
  });
});

it('speaks TLS with a provider of a trusted authority', async () => {
  const port = await listen(await tlsServer());
  const trusting = await caller(`https://localhost:${port}`, { caFile: certificates.caFile });
  expect(await trusting.call(call)).toMatchObject({ state: 'answered', httpStatus: 200 });
  expect(received[0]).toContain(`Host: localhost:${port}`);
});

it('calls the described provider as its description says', async () => {
  const reply = await (
    await caller(`http://127.0.0.1:${await listen(createServer(behave((socket) => socket.end(OK))))}`)
  ).call({
    ...call,
    provider: 'generic',
  });
  expect(reply).toMatchObject({ state: 'answered', httpStatus: 200 });
  const [head = '', body = ''] = received[0]!.split('\r\n\r\n');
  const [requestLine, ...headers] = head.split('\r\n');
  expect(requestLine).toBe('POST /fiscal/v1/verify HTTP/1.1');
  expect(headers.map((line) => line.split(':', 1)[0])).toEqual([
    ...['Host', 'X-App-Id', 'X-Timestamp', 'Authorization', 'Content-Type', 'Content-Length', 'Connection'],
  ]);
  expect(JSON.parse(body)).toMatchObject({ bill: { number: '0007315520', amount: '12605.50' } });
  expect(received[0]).not.toContain('SECRET');
});

it('tells when the clock of the provider is another', async () => {
  const date = new Date(Date.now() - 600_000).toUTCString();
  const reply = await callPlain((socket) => socket.end(`HTTP/1.1 200 OK\r\nDate: ${date}\r\nContent-Length: 2\r\n\r\n{}`));
  expect(reply.state).toBe('answered');
  expect(skews).toMatchObject([['jumdata', { isSkewed: true }]]);
});

it('gives out slots per account, and none are needed where there is no account', async () => {
  const calling = await caller('http://127.0.0.1:1');
  expect([1, 2, 3].map(() => calling.takeSlot('jumdata') > 0)).toEqual([false, false, true]);
  expect(calling.takeSlot('generic')).toBe(0);
  calling.returnSlot('jumdata');
  expect(calling.takeSlot('jumdata')).toBe(0);
  expect([1, 2, 3].map(() => calling.takeSlot('netocr'))).toEqual([0, 0, 0]);
});

async function tlsServer(): Promise<Server> {
  const identity = { cert: await readFile(certificates.egress.certFile), key: await readFile(certificates.egress.keyFile) };
  const server = createTlsServer(
    identity,
    behave((socket) => socket.end(OK)),
  );
  server.on('tlsClientError', () => undefined);
  return server;
}

async function listenOn(server: Server, host: string, port: number): Promise<Server> {
  await new Promise<void>((done) => server.listen(port, host, done));
  return server;
}
