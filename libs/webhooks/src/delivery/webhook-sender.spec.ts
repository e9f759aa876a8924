import { WebhookTargets } from '@app/contracts';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { status, WebhookReceiver } from '../../../../test/support/webhook-receiver';
import { createCertificates } from '../../../devstack/src/certificates/certificates';
import { AllowedTargets } from '../target/allowed-targets';
import { TargetResolver } from '../target/target-resolver';
import { type SenderOptions, WebhookSender } from './webhook-sender';

const NEVER = new AbortController().signal;

describe('WebhookSender', () => {
  let receiver: WebhookReceiver;
  beforeEach(async () => (receiver = await WebhookReceiver.start()));
  afterEach(() => receiver.stop());

  const sender = (list: string, options: SenderOptions = {}): WebhookSender => {
    const allowed = new AllowedTargets(WebhookTargets.parse(list));
    return new WebhookSender(allowed, new TargetResolver(allowed, []), options);
  };
  const post = (url: string, options: SenderOptions = {}, signal = NEVER): Promise<number> =>
    sender(receiver.origin, options).post({ url, headers: { 'content-type': 'application/json', 'webhook-id': '1' }, body: '{}' }, signal);

  it('posts the body with the headers, to the path and query', async () => {
    expect(await post(`${receiver.origin}/hook?tenant=1`)).toBe(204);
    expect(receiver.messages).toMatchObject([
      {
        method: 'POST',
        path: '/hook?tenant=1',
        body: '{}',
        headers: { 'webhook-id': '1', 'content-type': 'application/json', 'content-length': '2' },
      },
    ]);
  });

  it.each([200, 299, 302, 410, 500])('gives the status %i as it came', async (code) => {
    receiver.willAnswer(status(code));
    expect(await post(receiver.origin)).toBe(code);
  });

  it('follows no redirect', async () => {
    receiver.willAnswer((response) => void response.writeHead(307, { location: `${receiver.origin}/elsewhere` }).end());
    expect(await post(receiver.origin)).toBe(307);
    expect(receiver.messages).toHaveLength(1);
  });

  it('does not read on what a receiver says too much', async () => {
    let written = 0;
    receiver.willAnswer((response) => {
      response.writeHead(200);
      const more = (): void => {
        while (!response.destroyed && response.write(Buffer.alloc(65_536))) written += 65_536;
        if (!response.destroyed) response.once('drain', more);
      };
      more();
    });
    expect(await post(receiver.origin)).toBe(200);
    expect(written).toBeLessThan(16 * 1024 * 1024);
  });

  it('takes the status of a receiver whose body never ends', async () => {
    receiver.willAnswer((response) => void response.writeHead(202).write('.'));
    expect(await post(receiver.origin, { timeoutMs: 2_000 })).toBe(202);
  });

  it('gives up on a receiver that does not answer', async () => {
    receiver.willAnswer(() => undefined);
    await expect(post(receiver.origin, { timeoutMs: 200 })).rejects.toMatchObject({ code: 'timeout' });
  });

  it('calls a connection that breaks off by its name', async () => {
    receiver.willAnswer((response) => void response.destroy());
    await expect(post(receiver.origin)).rejects.toMatchObject({ code: 'connect' });
  });

  it('calls a receiver that is not there by its name', async () => {
    const gone = await WebhookReceiver.start();
    const { origin } = gone;
    await gone.stop();
    const attempt = sender(origin).post({ url: origin, headers: {}, body: '{}' }, NEVER);
    await expect(attempt).rejects.toMatchObject({ code: 'connect' });
  });

  it('sends nothing where the operator allows nothing', async () => {
    const attempt = sender('none').post({ url: receiver.origin, headers: {}, body: '{}' }, NEVER);
    await expect(attempt).rejects.toMatchObject({ code: 'targetRefused' });
    expect(receiver.messages).toEqual([]);
  });

  it('lets the stop of the process end a try, which is no failure of the receiver', async () => {
    const stop = new AbortController();
    receiver.willAnswer(() => stop.abort(new RangeError('stopping')));
    await expect(post(receiver.origin, {}, stop.signal)).rejects.toThrow(RangeError);
  });

  describe('by name and TLS', () => {
    let directory: string;
    beforeAll(async () => (directory = await mkdtemp(join(tmpdir(), 'piaoyan-webhook-'))));
    afterAll(() => rm(directory, { recursive: true }));

    /** A resolver that leads a name to loopback, as only a test may. */
    const toLoopback = (url: URL) => ({
      targets: { admit: () => ({ url, host: url.hostname, reach: 'exact' }) } as unknown as AllowedTargets,
      resolver: { resolve: () => Promise.resolve([{ address: '127.0.0.1', family: 4 }]) } as unknown as TargetResolver,
    });

    it('connects to the address that was checked, under the name of the URL, and trusts only whom it is to', async () => {
      const files = await createCertificates(directory, { hostNames: ['erp.bank.example'] });
      const [cert, key, ca] = await Promise.all(
        [files.egress.certFile, files.egress.keyFile, files.caFile].map((file) => readFile(file, 'utf8')),
      );
      const names: unknown[] = [];
      const server = createServer({ cert, key }, (request, response) => {
        names.push('servername' in request.socket ? request.socket.servername : null);
        response.writeHead(204).end();
      }).listen(0, '127.0.0.1');
      await once(server, 'listening');
      try {
        const at = (host: string) => new URL(`https://${host}:${(server.address() as AddressInfo).port}/`);
        const send = (host: string, options: SenderOptions): Promise<number> => {
          const { targets, resolver } = toLoopback(at(host));
          return new WebhookSender(targets, resolver, options).post({ url: at(host).href, headers: {}, body: '{}' }, NEVER);
        };
        // No resolver knows the name: that it arrives shows that none was asked again.
        expect(await send('erp.bank.example', { ca: [ca!] })).toBe(204);
        expect(names).toEqual(['erp.bank.example']);
        await expect(send('erp.bank.example', {})).rejects.toMatchObject({ code: 'tls' });
        await expect(send('other.bank.example', { ca: [ca!] })).rejects.toMatchObject({ code: 'tls' });
        expect(names).toHaveLength(1);
      } finally {
        server.closeAllConnections();
        server.close();
      }
    });
  });
});
