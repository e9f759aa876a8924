import { createHash, X509Certificate } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyRequest } from 'fastify';
import { createCertificates } from '../../../../libs/devstack/src/certificates/certificates';
import type { AccessSettings } from './access-settings';
import { ClientCertificates } from './client-certificates';

describe('ClientCertificates', () => {
  let pem: string;
  let der: Buffer;
  beforeAll(async () => {
    const directory = await mkdtemp(join(tmpdir(), 'piaoyan-client-cert-'));
    const { worker } = await createCertificates(directory);
    pem = await readFile(worker.certFile, 'utf8');
    der = new X509Certificate(pem).raw;
    await rm(directory, { recursive: true });
  });

  const told = (value: string | undefined, peer = '10.0.0.7', settings: Partial<AccessSettings> = {}): string | null => {
    const all = { trustedProxies: ['10.0.0.7', 'fd00::/8'], certificateHeader: 'Client-Cert', ...settings } as AccessSettings;
    const request = { headers: { 'client-cert': value }, raw: { socket: { remoteAddress: peer } } };
    return new ClientCertificates(all).sha256Of(request as unknown as FastifyRequest);
  };

  it('believes a trusted proxy, in each form in which proxies tell it', () => {
    const expected = createHash('sha256').update(der).digest('hex');
    const forms = [`:${der.toString('base64')}:`, encodeURIComponent(pem), expected, expected.toUpperCase()];
    for (const form of forms) expect([form, told(form)]).toEqual([form, expected]);
    expect(told(expected, '::ffff:10.0.0.7')).toBe(expected);
    expect(told(expected, 'fd00::1')).toBe(expected);
  });

  it('believes nobody else', () => {
    const hash = 'a'.repeat(64);
    expect(told(hash, '10.0.0.8')).toBeNull();
    expect(told(hash, '10.0.0.7', { trustedProxies: [] })).toBeNull();
    expect(told(hash, '10.0.0.7', { certificateHeader: null })).toBeNull();
  });

  it.each([undefined, '', ':', '::', ':x:', '%', '%zz', 'a'.repeat(63), 'a'.repeat(20_000), '-----BEGIN CERTIFICATE-----'])(
    'makes nothing of %j',
    (value) => expect(told(value)).toBeNull(),
  );
});
