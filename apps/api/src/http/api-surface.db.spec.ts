import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Problem } from '@app/contracts';
import { type ApiBench, createApiBench } from '../../../../test/support/api-bench';

describe('what the api shows without and with a key', () => {
  let bench: ApiBench;
  let consoleDirectory: string;
  beforeAll(async () => {
    consoleDirectory = await mkdtemp(join(tmpdir(), 'piaoyan-console-'));
    await mkdir(join(consoleDirectory, 'assets'));
    await writeFile(join(consoleDirectory, 'index.html'), '<title>票验</title>');
    await writeFile(join(consoleDirectory, 'assets', 'app-1a2b.js'), 'start()');
    bench = await createApiBench({ PIAOYAN_CONSOLE_DIR: consoleDirectory }, { withWorker: false });
  });
  afterAll(async () => {
    await bench.close();
    await rm(consoleDirectory, { recursive: true });
  });

  const open = (path: string): Promise<Response> => fetch(`${bench.url}${path}`);
  const problemOf = async (answer: Promise<Response>): Promise<Problem> => Problem.parse(await (await answer).json());

  it.each(['live', 'startup', 'ready'])('is %s', async (probe) => {
    const response = await open(`/health/${probe}`);
    expect([response.status, await response.json()]).toEqual([200, { status: 'ok' }]);
  });

  it.each([
    ['no key', {}],
    ['an empty header', { authorization: '' }],
    ['another scheme', { authorization: 'Basic cGlhb3lhbg==' }],
    ['a made-up key', { authorization: 'Bearer piaoyan_0000000000000000000000000000000000' }],
  ])('refuses %s', async (_what, headers) => {
    const response = await fetch(`${bench.url}/v1/receipts`, { headers });
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toBe('Bearer');
    expect(Problem.parse(await response.json()).code).toBe('unauthenticated');
  });

  it('refuses a key that lacks the scope of the route', async () => {
    const key = await bench.newKey('receipt.read');
    expect((await bench.fetch('/v1/receipts', { key })).status).toBe(200);
    for (const path of ['/v1/charges', '/v1/receipts/019ab1c2-0000-7000-8000-000000000000/image']) {
      expect(await problemOf(bench.fetch(path, { key }))).toMatchObject({ status: 403, code: 'forbidden' });
    }
  });

  it.each(['/v1', '/v1/unknown', '/v2/receipts', '/health/unknown'])('finds nothing at %s', async (path) => {
    expect(await problemOf(open(path))).toMatchObject({ status: 404, code: 'not-found' });
  });

  it.each([
    ['GET', '/v1/verifications', 'POST'],
    ['DELETE', '/v1/receipts?limit=1', 'POST, GET, HEAD'],
    ['PUT', '/v1/receipts/019ab1c2-0000-7000-8000-000000000000', 'GET, HEAD'],
  ])('says which methods %s %s has instead', async (method, path, allowed) => {
    const response = await bench.fetch(path, { method });
    expect([response.status, response.headers.get('allow')]).toEqual([405, allowed]);
    expect(Problem.parse(await response.json()).code).toBe('method-not-allowed');
  });

  it('keeps answers out of caches', async () => {
    expect((await bench.fetch('/v1/receipts')).headers.get('cache-control')).toBe('no-store');
  });

  it('serves its description, and a page to read it that needs no other host', async () => {
    const document = (await (await open('/openapi.json')).json()) as { openapi: string; paths: object };
    expect(document.openapi).toBe('3.1.0');
    expect(Object.keys(document.paths)).toContain('/v1/receipts/{id}/image');
    const page = await (await open('/docs')).text();
    expect(page).not.toMatch(/(src|href)="https?:/);
    expect((await open('/docs/swagger-ui-bundle.js')).status).toBe(200);
  });

  describe('as the console', () => {
    it.each(['/', '/index.html', '/receipts/019ab1c2-0000-7000-8000-000000000000'])('answers %s with the page', async (path) => {
      const response = await open(path);
      expect(await response.text()).toBe('<title>票验</title>');
      expect(response.headers.get('cache-control')).toBe('no-cache');
      expect(response.headers.get('content-security-policy')).toContain("default-src 'none'; script-src 'self';");
      expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    });

    it('lets hashed assets be kept', async () => {
      const response = await open('/assets/app-1a2b.js');
      expect([await response.text(), response.headers.get('cache-control')]).toEqual(['start()', 'public, max-age=31536000, immutable']);
      expect(response.headers.get('content-type')).toContain('javascript');
    });

    it.each(['/assets/missing.js', '/..%2f..%2fpackage.json', '/%2e%2e/%2e%2e/package.json'])(
      'does not answer %s with a page',
      async (path) => {
        expect((await open(path)).status).toBe(404);
      },
    );
  });
});
