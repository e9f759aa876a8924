import { X509Certificate } from 'node:crypto';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, createServer, type TLSSocket } from 'node:tls';
import { createCertificates, type Certificates } from './certificates';

describe('createCertificates', () => {
  let directory: string;
  let certificates: Certificates;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'piaoyan-certificates-'));
    certificates = await createCertificates(directory, { hostNames: ['egress.internal'] });
  });
  afterAll(() => rm(directory, { recursive: true }));

  const x509 = async (file: string) => new X509Certificate(await readFile(file));

  it('issues both certificates from the one authority', async () => {
    const ca = await x509(certificates.caFile);
    for (const { certFile } of [certificates.egress, certificates.worker]) {
      const certificate = await x509(certFile);
      expect(certificate.checkIssued(ca)).toBe(true);
      expect(certificate.verify(ca.publicKey)).toBe(true);
      expect(certificate.ca).toBe(false);
    }
  });

  it('names the server by loopback, localhost and the given hosts', async () => {
    const egress = await x509(certificates.egress.certFile);
    expect(egress.checkHost('localhost')).toBe('localhost');
    expect(egress.checkHost('egress.internal')).toBe('egress.internal');
    expect(egress.checkIP('127.0.0.1')).toBe('127.0.0.1');
    expect(egress.checkHost('example.org')).toBeUndefined();
  });

  it('keeps the keys from other users, and the authority has none on disk', async () => {
    for (const { keyFile } of [certificates.egress, certificates.worker]) expect((await stat(keyFile)).mode & 0o077).toBe(0);
    expect(await readFile(certificates.caFile, 'utf8')).not.toContain('PRIVATE');
  });

  it('lets the worker in over mutual TLS', async () => {
    const read = (file: string) => readFile(file);
    const ca = await read(certificates.caFile);
    const server = createServer({
      ca,
      cert: await read(certificates.egress.certFile),
      key: await read(certificates.egress.keyFile),
      requestCert: true,
      rejectUnauthorized: true,
    });
    const peer = new Promise<string>((resolve) => {
      server.once('secureConnection', (socket) => {
        resolve(String(socket.getPeerCertificate().subject.CN));
        socket.end();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const client: TLSSocket = connect({
      port,
      host: '127.0.0.1',
      ca,
      cert: await read(certificates.worker.certFile),
      key: await read(certificates.worker.keyFile),
    });
    await expect(peer).resolves.toBe('worker');
    client.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
});
