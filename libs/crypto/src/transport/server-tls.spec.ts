import { createCertificates } from '@app/devstack';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AddressInfo } from 'node:net';
import { connect, type ConnectionOptions, createServer, type Server } from 'node:tls';
import { SERVER_TLS } from './server-tls';

describe('SERVER_TLS', () => {
  let folder: string;
  let server: Server;
  let ca: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'piaoyan-server-tls-'));
    const { caFile, egress } = await createCertificates(folder);
    ca = await readFile(caFile, 'utf8');
    const [cert, key] = await Promise.all([readFile(egress.certFile, 'utf8'), readFile(egress.keyFile, 'utf8')]);
    server = createServer({ cert, key, ...SERVER_TLS }, (socket) => void socket.end());
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  });
  afterAll(async () => {
    await new Promise((done) => server.close(done));
    await rm(folder, { recursive: true });
  });

  /** The version and suite agreed on, or the code of the refusal. */
  const agreed = (asked: ConnectionOptions): Promise<string> =>
    new Promise((resolve) => {
      const { port } = server.address() as AddressInfo;
      const socket = connect({ host: '127.0.0.1', port, ca, checkServerIdentity: () => undefined, ...asked }, () => {
        resolve(`${socket.getProtocol() ?? ''} ${socket.getCipher().standardName}`);
        socket.destroy();
      });
      socket.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? ''));
    });

  it('speaks TLS 1.3, and TLS 1.2 with forward secrecy', async () => {
    expect(await agreed({})).toBe('TLSv1.3 TLS_AES_256_GCM_SHA384');
    expect(await agreed({ maxVersion: 'TLSv1.2' })).toMatch(/^TLSv1\.2 TLS_ECDHE_\w+_WITH_AES_256_GCM_SHA384$/);
  });

  it('chooses the strongest, whatever the caller likes best', async () => {
    const ciphers = 'ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES256-GCM-SHA384:ECDHE-ECDSA-AES256-GCM-SHA384';
    expect(await agreed({ maxVersion: 'TLSv1.2', ciphers })).toMatch(/AES_256_GCM_SHA384$/);
  });

  it.each(['AES256-GCM-SHA384', 'ECDHE-RSA-AES256-SHA384:ECDHE-ECDSA-AES256-SHA384', 'ECDHE-RSA-AES128-SHA:ECDHE-ECDSA-AES128-SHA'])(
    'refuses a caller that knows only %s',
    async (ciphers) => {
      expect(await agreed({ maxVersion: 'TLSv1.2', ciphers })).toMatch(/HANDSHAKE_FAILURE|ECONNRESET/);
    },
  );

  it('refuses TLS 1.1', async () => {
    expect(await agreed({ minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' })).toMatch(
      /PROTOCOL|HANDSHAKE_FAILURE|ECONNRESET/,
    );
  });
});
