import { createHash, X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect as connectTls } from 'node:tls';
import type { ApiKeySecretView, Problem } from '@app/contracts';
import type { LoggerService } from '@nestjs/common';
import { Agent, request } from 'undici';
import { type ApiBench, createApiBench } from '../../../../test/support/api-bench';
import { createCertificates, type Certificates } from '../../../../libs/devstack/src/certificates/certificates';
import { apiDocument } from '../openapi/document';

const ORIGIN = 'https://erp.bank.example';
const MADE_UP = '019ab1c2-0000-7000-8000-000000000000';
const WRONG = `Bearer piaoyan_${'0'.repeat(32)}2wjyrI`;

/** Every documented operation; auth.spec proves that no other is served. */
const ROUTES = Object.entries(apiDocument().paths).flatMap(([path, item]) =>
  Object.keys(item).map((method) => ({ method: method.toUpperCase(), path: path.replace('{number}', '1').replace(/\{\w+\}/g, MADE_UP) })),
);

describe('an api behind a proxy that ends TLS', () => {
  it('answers whoever goes round it with a problem, but for its health', async () => {
    const changes = { PIAOYAN_HTTP_TLS_IN_FRONT: true, PIAOYAN_TRUSTED_PROXIES: ['10.20.0.1'] };
    const bench = await createApiBench(changes, { withWorker: false });
    const headers = { 'x-forwarded-for': '10.20.0.1', 'x-forwarded-proto': 'https' };
    const refused = await bench.fetch('/v1/receipts', { headers });
    const { code } = (await refused.json()) as Problem;
    expect([refused.status, code, refused.headers.get('content-type')]).toEqual([
      403,
      'proxy-required',
      expect.stringContaining('problem+json'),
    ]);
    expect((await bench.fetch('/health/live')).status).toBe(200);
    await bench.close();
  });
});

describe('the api, hardened', () => {
  let bench: ApiBench;
  let directory: string;
  const lines: string[] = [];
  const heard = (message: unknown): void => void lines.push(JSON.stringify(message));
  const logger: LoggerService = { log: heard, warn: heard, error: heard };

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'piaoyan-hardened-'));
    await mkdir(join(directory, 'console'));
    const page = '<html><meta property="csp-nonce" nonce="__CSP_NONCE__"><script nonce="__CSP_NONCE__"></script></html>';
    await writeFile(join(directory, 'console', 'index.html'), page);
    const changes = {
      PIAOYAN_CONSOLE_DIR: join(directory, 'console'),
      PIAOYAN_CORS_ORIGINS: [ORIGIN],
      PIAOYAN_TRUSTED_PROXIES: ['127.0.0.1'],
      PIAOYAN_CLIENT_CERT_HEADER: 'client-cert',
      PIAOYAN_WRONG_KEYS_PER_MINUTE: 3,
      PIAOYAN_HTTP_MAX_CONNECTIONS: 64,
    };
    bench = await createApiBench(changes, { withWorker: false, logger });
  });
  afterAll(async () => {
    await bench.close();
    await rm(directory, { recursive: true });
  });

  describe('answers with headers that let nothing run', () => {
    const expectHeaders = (what: string, headers: Headers): void => {
      const policy = headers.get('content-security-policy') ?? '';
      expect([what, policy.startsWith("default-src 'none'"), /unsafe|\*/.test(policy)]).toEqual([what, true, false]);
      expect([what, policy]).toEqual([what, expect.stringMatching(/base-uri 'none'.*frame-ancestors 'none'/)]);
      expect([what, ...['server', 'x-powered-by', 'access-control-allow-origin'].map((name) => headers.get(name))]).toEqual([
        ...[what, null, null, null],
      ]);
      expect({ what, ...Object.fromEntries(headers) }).toMatchObject({
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'referrer-policy': 'no-referrer',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
      });
    };

    it('on every route, let in or not', async () => {
      expect(ROUTES.length).toBeGreaterThan(40);
      for (const { method, path } of ROUTES) {
        const what = `${method} ${path}`;
        expectHeaders(what, (await fetch(`${bench.url}${path}`, { method })).headers);
        expectHeaders(what, (await bench.fetch(path, { method })).headers);
      }
    });

    it.each(['/', '/index.html', '/receipts', '/docs', '/docs/swagger-ui.css', '/openapi.json', '/v1/nothing', '/v9', '/x.js'])(
      'on %s',
      async (path) => expectHeaders(path, (await fetch(`${bench.url}${path}`)).headers),
    );

    it('gives the console a nonce of its own each time, and nothing else that could be written into the page', async () => {
      const visits = await Promise.all([1, 2].map(() => fetch(`${bench.url}/`)));
      const seen = await Promise.all(
        visits.map(async (response) => {
          const [, nonce = ''] =
            /style-src 'self' 'nonce-([\w+/=]{20,})'/.exec(response.headers.get('content-security-policy') ?? '') ?? [];
          expect(await response.text()).toBe(`<html><meta property="csp-nonce" nonce="${nonce}"><script nonce="${nonce}"></script></html>`);
          return nonce;
        }),
      );
      expect(new Set(seen).size).toBe(2);
    });

    it('lets the page of the documentation have the styles that stand in it', async () => {
      const response = await fetch(`${bench.url}/docs`);
      const page = await response.text();
      const inline = [...page.matchAll(/<style[^>]*>([^]*?)<\/style>/g)].map(([, text]) =>
        createHash('sha256').update(text!).digest('base64'),
      );
      expect(inline.length).toBeGreaterThan(0);
      for (const hash of inline) expect(response.headers.get('content-security-policy')).toContain(`'sha256-${hash}'`);
      expect(page).not.toMatch(/<script(?![^>]*\bsrc=)[^>]*>|\son\w+="/);
    });
  });

  it('lets pages of the named origins call, and of no other, and never with cookies', async () => {
    const ask = (origin: string, method = 'GET') =>
      fetch(`${bench.url}/v1/receipts`, { method, headers: { origin, 'access-control-request-method': 'POST' } });
    for (const method of ['GET', 'OPTIONS']) {
      const named = (await ask(ORIGIN, method)).headers;
      expect([named.get('access-control-allow-origin'), named.get('access-control-allow-credentials')]).toEqual([ORIGIN, null]);
      for (const origin of ['https://evil.example', 'null', `${ORIGIN}.evil.example`, 'http://erp.bank.example'])
        expect([origin, (await ask(origin, method)).headers.get('access-control-allow-origin')]).toEqual([origin, null]);
    }
  });

  describe('slows down', () => {
    const ask = (authorization: string, address: string) =>
      fetch(`${bench.url}/v1/receipts`, { headers: { authorization, 'x-forwarded-for': address } });

    it('an address with too many wrong keys, which is told when to come back, and no other address', async () => {
      const known = await bench.newKey('receipt.read');
      expect((await ask(`Bearer ${known}`, '10.9.9.9')).status).toBe(200);
      const statuses = [];
      for (let at = 0; at < 6; at += 1) statuses.push((await ask(WRONG, '10.9.9.9')).status);
      expect(statuses).toEqual([401, 401, 401, 429, 429, 429]);
      const refused = await ask(`Bearer ${await bench.newKey('receipt.read')}`, '10.9.9.9');
      expect([refused.status, ((await refused.json()) as Problem).code]).toEqual([429, 'rate-limited']);
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
      expect(Number(refused.headers.get('retry-after'))).toBeLessThanOrEqual(20);
      expect((await ask(`Bearer ${known}`, '10.9.9.9')).status).toBe(200);
      expect((await ask(WRONG, '10.9.9.8')).status).toBe(401);
    });

    it('and counts what it refused in the log, without the key', () => {
      const refused = lines.filter((line) => line.includes('caller not recognised'));
      expect(refused.at(-1)).toMatch(/"clientAddress":"10\.9\.9\.8".*"refusedSinceStart":\d+/);
      expect(lines.join()).not.toMatch(/piaoyan_\w/);
    });
  });

  describe('has limits for what comes before any route', () => {
    it.each([
      ['a header', '/v1/receipts', { 'x-long': 'a'.repeat(17_000) }],
      ['a URL', `/v1/receipts?x=${'a'.repeat(17_000)}`, {}],
    ])('of %s', async (_what, path, headers) => {
      expect((await fetch(`${bench.url}${path}`, { headers: headers as Record<string, string> })).status).toBe(431);
    });

    it('of a JSON body', async () => {
      const response = await bench.fetch('/v1/verifications', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ x: 'a'.repeat(17_000) }),
      });
      expect([response.status, ((await response.json()) as Problem).code]).toEqual([400, 'invalid-request']);
    });

    it('of connections', async () => {
      const { port } = new URL(bench.url);
      const sockets = Array.from({ length: 80 }, () =>
        connect(Number(port), '127.0.0.1')
          .on('error', () => undefined)
          .resume(),
      );
      await Promise.race(sockets.map((socket) => once(socket, 'close')));
      for (const socket of sockets) socket.destroy();
      await Promise.all(sockets.map(async (socket) => socket.closed || once(socket, 'close')));
    });
  });

  describe('takes HTTP strictly', () => {
    /** What comes back over a plain connection, whole. */
    const exchange = async (text: string): Promise<string> => {
      const socket = connect(Number(new URL(bench.url).port), '127.0.0.1');
      socket.setEncoding('utf8').write(text);
      let heard = '';
      for await (const part of socket) heard += String(part);
      return heard;
    };

    it('one length for each body, so that no proxy in front sees another request than the api', async () => {
      const head = ['POST /v1/verifications HTTP/1.1', 'Host: piaoyan'];
      for (const lengths of [
        ['Content-Length: 4', 'Transfer-Encoding: chunked'],
        ['Content-Length: 4', 'Content-Length: 5'],
        ['Transfer-Encoding: chunked, identity'],
      ]) {
        const answers = await exchange(
          [...head, ...lengths, '', '0', '', 'GET /health/live HTTP/1.1', 'Host: piaoyan', '', ''].join('\r\n'),
        );
        expect([lengths, answers.match(/^HTTP\/1\.1 \d+/gm)]).toEqual([lengths, ['HTTP/1.1 400']]);
      }
    });

    it('no TRACE, which would repeat what a browser hides from scripts', async () => {
      const told = await exchange('TRACE /v1/receipts HTTP/1.1\r\nHost: piaoyan\r\nX-Seen: canary\r\nConnection: close\r\n\r\n');
      expect(told).toMatch(/^HTTP\/1\.1 4\d\d /);
      expect(told).not.toContain('canary');
    });

    it('each parameter once', async () => {
      expect((await bench.fetch('/v1/receipts?limit=1')).status).toBe(200);
      expect((await bench.fetch('/v1/receipts?limit=1&limit=2')).status).toBe(422);
    });

    it.each(['{"__proto__":{"elements":{}}}', '{"constructor":{"prototype":{"elements":{}}}}'])('no %s', async (body) => {
      const headers = { 'content-type': 'application/json' };
      expect((await bench.fetch('/v1/verifications', { method: 'POST', headers, body })).status).toBe(400);
    });

    it('and says of every answer what it is, with its characters', async () => {
      for (const { method, path } of ROUTES) {
        const answer = await bench.fetch(path, { method });
        const type = answer.headers.get('content-type');
        const isText = type === null || /^(?:text\/|application\/(?:[\w.]+\+)?json)/.test(type);
        const isWhole = type === null ? (await answer.text()) === '' : !isText || /;\s?charset=utf-8$/i.test(type);
        expect([method, path, type, isWhole]).toEqual([method, path, type, true]);
      }
    });
  });

  describe('serving TLS itself', () => {
    let tls: ApiBench;
    let files: Certificates;
    const read = (path: string): Promise<string> => readFile(path, 'utf8');
    const agents: Agent[] = [];
    const agent = async (party?: { certFile: string; keyFile: string }): Promise<Agent> => {
      const own = party && { cert: await read(party.certFile), key: await read(party.keyFile) };
      const made = new Agent({ connect: { ca: await read(files.caFile), ...own } });
      agents.push(made);
      return made;
    };

    beforeAll(async () => {
      files = await createCertificates(join(directory, 'tls'));
      tls = await createApiBench(
        {
          PIAOYAN_HTTP_TLS_CERT_FILE: files.egress.certFile,
          PIAOYAN_HTTP_TLS_KEY_FILE: files.egress.keyFile,
          PIAOYAN_HTTP_TLS_CLIENT_CA_FILE: files.caFile,
          PIAOYAN_API_KEY_CALLS_PER_SECOND: 1,
        },
        { withWorker: false, logger },
      );
    });
    afterAll(async () => {
      await Promise.all(agents.map((one) => one.close()));
      await tls.close();
    });

    it('knows a bound key by the certificate of the connection, and by no header', async () => {
      const plain = await agent();
      const { raw } = new X509Certificate(await read(files.worker.certFile));
      const certificateSha256 = createHash('sha256').update(raw).digest('hex');
      const made = await request(`${tls.url}/v1/api-keys`, {
        dispatcher: plain,
        method: 'POST',
        headers: { authorization: `Bearer ${tls.keys[0]}`, 'content-type': 'application/json' },
        body: JSON.stringify({ name: 'bound', scopes: ['receipt.read'], validDays: 1, certificateSha256 }),
      });
      expect([made.statusCode, made.headers['strict-transport-security']]).toEqual([201, 'max-age=31536000; includeSubDomains']);
      const { secret } = (await made.body.json()) as ApiKeySecretView;
      const ask = async (dispatcher: Agent, headers: Record<string, string> = {}): Promise<number> => {
        const answer = await request(`${tls.url}/v1/receipts`, { dispatcher, headers: { authorization: `Bearer ${secret}`, ...headers } });
        await answer.body.dump();
        return answer.statusCode;
      };
      const elsewhere = await createCertificates(join(directory, 'other'));
      expect(await ask(await agent(files.worker))).toBe(200);
      expect(await ask(plain)).toBe(401);
      expect(await ask(plain, { 'client-cert': certificateSha256 })).toBe(401);
      expect(await ask(await agent(elsewhere.worker))).toBe(401);
    });

    it('puts on record whom it refuses a handshake, and not who only knocks', async () => {
      const { hostname, port } = new URL(tls.url);
      const knocking = connect(Number(port), hostname);
      await once(knocking, 'connect');
      knocking.destroy();
      const refused = connectTls({ host: hostname, port: Number(port), maxVersion: 'TLSv1.2', ciphers: 'AES256-GCM-SHA384' });
      await once(refused, 'error');
      // The server is in this process: it has refused before the caller hears of it.
      const told = lines.filter((line) => line.includes('handshake refused')).map((line) => JSON.parse(line) as unknown);
      expect(told).toEqual([{ msg: 'handshake refused', reason: 'ERR_SSL_NO_SHARED_CIPHER', clientAddress: '127.0.0.1' }]);
    });

    it('limits how often each key may ask', async () => {
      const dispatcher = await agent();
      const ask = async (key: string) => {
        const answer = await request(`${tls.url}/v1/receipts`, { dispatcher, headers: { authorization: `Bearer ${key}` } });
        await answer.body.dump();
        return answer;
      };
      const [greedy, other] = [await tls.newKey('receipt.read'), await tls.newKey('receipt.read')];
      let answer = await ask(greedy);
      for (let at = 0; at < 50 && answer.statusCode === 200; at += 1) answer = await ask(greedy);
      expect([answer.statusCode, answer.headers['retry-after']]).toEqual([429, '1']);
      expect((await ask(other)).statusCode).toBe(200);
    });
  });
});
