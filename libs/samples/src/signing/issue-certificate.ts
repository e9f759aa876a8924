import { randomBytes } from 'node:crypto';
import { bits, boolean, explicit, integer, nothing, objectIdentifier, octets, sequence, setOf, utcTime, utf8 } from './der';
import type { SigningKey } from './signing-key';

/** A key with its certificate. */
export interface Identity {
  key: SigningKey;
  name: string;
  issuerName: string;
  serial: Buffer;
  /** DER. */
  certificate: Buffer;
}

/** Bits of KeyUsage, the first of them the highest of the first byte. */
export const USAGE = { digitalSignature: 0x80, nonRepudiation: 0x40, keyEncipherment: 0x20, keyCertSign: 0x04, crlSign: 0x02 } as const;

export interface CertificateWish {
  name: string;
  key: SigningKey;
  /** Itself where none is given. */
  issuer?: Identity;
  notBefore?: Date;
  notAfter?: Date;
  /** An authority, above at most so many others. */
  authority?: boolean;
  pathLength?: number;
  /** One byte of `USAGE`; by what it is where none is given, and left out for null. */
  usage?: number | null;
  /** Object identifiers. */
  purposes?: readonly string[];
  /** Object identifier of an extension that nobody knows and that may not be passed over. */
  demand?: string;
}

const FROM = new Date('2020-01-01T00:00:00Z');
const TO = new Date('2049-12-31T23:59:59Z');

/** Issues a certificate as its wish says: by default a signer's, good from 2020 to 2049. */
export function issueCertificate(wish: CertificateWish): Identity {
  const { name, key, issuer, authority = false } = wish;
  const serial = Buffer.concat([Buffer.from([0x11]), randomBytes(8)]);
  const { key: signingKey, name: issuerName } = issuer ?? { key, name };
  const { notBefore = FROM, notAfter = TO } = wish;
  const usage =
    wish.usage === undefined ? (authority ? USAGE.keyCertSign | USAGE.crlSign : USAGE.digitalSignature | USAGE.nonRepudiation) : wish.usage;
  const tbs = sequence(
    explicit(0, integer(2)),
    integer(serial),
    algorithmOf(signingKey),
    distinguishedName(issuerName),
    sequence(utcTime(notBefore), utcTime(notAfter)),
    distinguishedName(name),
    key.publicKey,
    explicit(3, sequence(...extensions({ ...wish, authority, usage }))),
  );
  return { key, name, issuerName, serial, certificate: sequence(tbs, algorithmOf(signingKey), bits(signingKey.sign(tbs))) };
}

/** AlgorithmIdentifier of the key's signatures. */
export function algorithmOf({ signatureAlgorithm, digest }: SigningKey): Buffer {
  return sequence(objectIdentifier(signatureAlgorithm), ...(digest === 'sm3' ? [] : [nothing()]));
}

export function distinguishedName(name: string): Buffer {
  const part = (type: string, value: string) => setOf(sequence(objectIdentifier(type), utf8(value)));
  return sequence(part('2.5.4.6', 'CN'), part('2.5.4.3', name));
}

function extensions({ authority, pathLength, usage, purposes, demand }: CertificateWish): Buffer[] {
  const constraints = sequence(...(authority ? [boolean(true)] : []), ...(pathLength === undefined ? [] : [integer(pathLength)]));
  return [
    extension('2.5.29.19', constraints),
    ...(usage === null || usage === undefined ? [] : [extension('2.5.29.15', bits(Buffer.from([usage]), trailingZeros(usage)))]),
    ...(purposes ? [extension('2.5.29.37', sequence(...purposes.map(objectIdentifier)))] : []),
    ...(demand === undefined ? [] : [extension(demand, nothing())]),
  ];
}

function extension(type: string, value: Buffer): Buffer {
  return sequence(objectIdentifier(type), boolean(true), octets(value));
}

/** Bits at the end of a byte that name nothing: DER leaves them out. */
function trailingZeros(byte: number): number {
  let count = 0;
  while (count < 7 && (byte & (1 << count)) === 0) count += 1;
  return count;
}
