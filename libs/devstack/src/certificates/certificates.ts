import 'reflect-metadata';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as x509 from '@peculiar/x509';

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const ONE_DAY_MS = 86_400_000;

/** PEM files of one party. */
export interface CertificateFiles {
  certFile: string;
  keyFile: string;
}

/** What mutual TLS between worker and egress needs: the authority both trust, and one certificate each. */
export interface Certificates {
  caFile: string;
  egress: CertificateFiles;
  worker: CertificateFiles;
}

/** A certificate authority that exists in memory only: its key is never written, so nothing can be issued later. */
interface Authority {
  name: string;
  key: CryptoKey;
  certificate: x509.X509Certificate;
}

/**
 * Makes a new authority and the certificates of egress and worker below it, as PEM files in `directory`; keys are readable by the owner only.
 * For the demo and tests on one machine: the server's names are localhost and the loopback addresses, and `hostNames` beside them.
 */
export async function createCertificates(
  directory: string,
  options: { hostNames?: string[]; validDays?: number } = {},
): Promise<Certificates> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const validDays = options.validDays ?? 825;
  const authority = await createAuthority('Piaoyan development CA', validDays);
  const names = subjectNames(['localhost', ...(options.hostNames ?? [])], ['127.0.0.1', '::1']);
  const caFile = join(directory, 'ca.crt');
  await writeFile(caFile, authority.certificate.toString('pem'));
  return {
    caFile,
    egress: await issue(authority, { directory, name: 'egress', usage: x509.ExtendedKeyUsage.serverAuth, names, validDays }),
    worker: await issue(authority, { directory, name: 'worker', usage: x509.ExtendedKeyUsage.clientAuth, names: [], validDays }),
  };
}

async function createAuthority(name: string, validDays: number): Promise<Authority> {
  const keys = await newKeys();
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: `CN=${name}`,
    keys,
    signingAlgorithm: ALGORITHM,
    ...validity(validDays),
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return { name, key: keys.privateKey, certificate };
}

interface IssueOptions {
  directory: string;
  name: string;
  usage: x509.ExtendedKeyUsage;
  names: x509.JsonGeneralName[];
  validDays: number;
}

async function issue(authority: Authority, options: IssueOptions): Promise<CertificateFiles> {
  const keys = await newKeys();
  const certificate = await x509.X509CertificateGenerator.create({
    subject: `CN=${options.name}`,
    issuer: authority.certificate.subject,
    publicKey: keys.publicKey,
    signingKey: authority.key,
    signingAlgorithm: ALGORITHM,
    ...validity(options.validDays),
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([options.usage]),
      await x509.AuthorityKeyIdentifierExtension.create(authority.certificate.publicKey),
      ...(options.names.length > 0 ? [new x509.SubjectAlternativeNameExtension(options.names)] : []),
    ],
  });
  const files = { certFile: join(options.directory, `${options.name}.crt`), keyFile: join(options.directory, `${options.name}.key`) };
  await writeFile(files.certFile, certificate.toString('pem'));
  await writeFile(files.keyFile, await privateKeyPem(keys.privateKey), { mode: 0o600 });
  return files;
}

const newKeys = (): Promise<CryptoKeyPair> => crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);

async function privateKeyPem(key: CryptoKey): Promise<string> {
  return x509.PemConverter.encode(await crypto.subtle.exportKey('pkcs8', key), 'PRIVATE KEY');
}

function validity(days: number): { notBefore: Date; notAfter: Date } {
  // An hour back, because clocks within one machine's containers may differ by seconds.
  return { notBefore: new Date(Date.now() - 3_600_000), notAfter: new Date(Date.now() + days * ONE_DAY_MS) };
}

function subjectNames(dns: string[], ips: string[]): x509.JsonGeneralName[] {
  return [...dns.map((value) => ({ type: 'dns' as const, value })), ...ips.map((value) => ({ type: 'ip' as const, value }))];
}
