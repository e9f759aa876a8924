import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type Server, type ServerOptions } from 'node:https';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { EgressCall } from '@app/contracts';
import { type Certificates, createCertificates } from '../../../devstack/src/certificates/certificates';
import { EgressRefusedError, EgressUnavailableError } from './egress-client';
import { HttpsEgressClient } from './https-egress-client';

const CALL: EgressCall = {
  attemptId: '019ab1c2-5e70-4b92-8c3d-4e5f60718293',
  replyKey: 'A'.repeat(43),
  provider: 'netocr',
  elements: { billCode: '99060126', billNumber: '0000012345', checkCode: '1e9030', issueDate: '2026-07-12', totalAmount: '486.20' },
};
const NOT_SENT = { state: 'notSent', attemptId: CALL.attemptId, reason: 'connect', at: '2026-07-13T01:02:03.000Z' };

describe('the client of the egress gateway', () => {
  let directory: string;
  let ours: Certificates;
  let strangers: Certificates;
  let tls: ServerOptions;
  let server: Server;
  let client: HttpsEgressClient;
  let respond: (request: IncomingMessage, response: ServerResponse) => void | Promise<void>;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'piaoyan-egress-client-'));
    ours = await createCertificates(join(directory, 'ours'));
    strangers = await createCertificates(join(directory, 'strangers'));
    const [key, cert, ca] = await Promise.all([ours.egress.keyFile, ours.egress.certFile, ours.caFile].map((file) => readFile(file)));
    tls = { key, cert, ca, requestCert: true, rejectUnauthorized: true };
  });
  afterAll(() => rm(directory, { recursive: true }));

  beforeEach(async () => {
    server = createServer(tls, (request, response) => void respond(request, response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    client = await clientOf(ours, ours);
  });
  afterEach(async () => {
    await client.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  async function clientOf(trusted: Certificates, own: Certificates): Promise<HttpsEgressClient> {
    const [ca, cert, key] = await Promise.all(
      [trusted.caFile, own.worker.certFile, own.worker.keyFile].map((file) => readFile(file, 'utf8')),
    );
    const { port } = server.address() as AddressInfo;
    return new HttpsEgressClient({ url: `https://127.0.0.1:${port}`, ca: ca!, cert: cert!, key: key! });
  }
  const call = (signal = new AbortController().signal): Promise<unknown> => client.call(CALL, { signal });

  it('posts the call and nothing else, and hands on the reply', async () => {
    let seen: unknown;
    respond = async (request, response) => {
      seen = { method: request.method, path: request.url, body: JSON.parse(await text(request)) as unknown };
      response.end(JSON.stringify(NOT_SENT));
    };
    expect(await call()).toEqual(NOT_SENT);
    expect(seen).toEqual({ method: 'POST', path: '/v1/calls', body: CALL });
  });

  it.each([
    ['something that is no reply', 200, '{"state":"fine"}'],
    ['a page', 502, '<h1>Bad Gateway</h1>'],
    ['a reply about another attempt', 200, JSON.stringify({ ...NOT_SENT, attemptId: '019ab1c2-5e70-4b92-8c3d-000000000000' })],
  ])('takes %s for no word of the gateway', async (_what, status, body) => {
    respond = (_request, response) => void response.writeHead(status).end(body);
    await expect(call()).rejects.toBeInstanceOf(EgressUnavailableError);
  });

  it.each([
    [409, 'attempt-conflict'],
    [422, 'invalid-call'],
  ])('knows the refusal %d %s, which no repetition can change', async (status, code) => {
    respond = (_request, response) => void response.writeHead(status).end(JSON.stringify({ code, errors: [] }));
    await expect(call()).rejects.toEqual(new EgressRefusedError(code as 'invalid-call'));
  });

  it.each([
    [409, '{"code":"somebody-else"}'],
    [404, '{"code":"invalid-call"}'],
    [503, '{"code":"journal-unavailable"}'],
  ])('asks again after any other refusal, such as %d %s', async (status, body) => {
    respond = (_request, response) => void response.writeHead(status).end(body);
    await expect(call()).rejects.toBeInstanceOf(EgressUnavailableError);
  });

  it('follows no redirect', async () => {
    let requests = 0;
    respond = (_request, response) => {
      requests += 1;
      response.writeHead(307, { location: '/v1/calls' }).end();
    };
    await expect(call()).rejects.toBeInstanceOf(EgressUnavailableError);
    expect(requests).toBe(1);
  });

  it('reads no reply larger than any that egress can give', async () => {
    respond = (_request, response) => void response.end(Buffer.alloc(3 * 1024 * 1024, 'x'));
    await expect(call()).rejects.toBeInstanceOf(EgressUnavailableError);
  });

  it('says so when the connection is cut, or nobody listens', async () => {
    respond = (request) => void request.socket.destroy();
    await expect(call()).rejects.toBeInstanceOf(EgressUnavailableError);
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await expect(call()).rejects.toThrow('egress gateway unavailable: ECONNREFUSED');
  });

  it('sends nothing to a gateway that it cannot trust, and is not let in by one that does not know it', async () => {
    let requests = 0;
    respond = (_request, response) => {
      requests += 1;
      response.end(JSON.stringify(NOT_SENT));
    };
    const pairs = [
      [strangers, ours],
      [ours, strangers],
    ] as const;
    for (const [trusted, own] of pairs) {
      const stranger = await clientOf(trusted, own);
      await expect(stranger.call(CALL, { signal: new AbortController().signal })).rejects.toBeInstanceOf(EgressUnavailableError);
      await stranger.close();
    }
    expect(requests).toBe(0);
  });

  it('stops waiting when the job is taken away', async () => {
    const taken = new AbortController();
    respond = () => taken.abort();
    await expect(call(taken.signal)).rejects.toBeInstanceOf(EgressUnavailableError);
  });
});
