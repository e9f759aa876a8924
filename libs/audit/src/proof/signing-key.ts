import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import type { SigningKeyPair } from '@app/crypto';
import { AUDIT_SUITES, type AuditSuite, type AuditSuiteName } from './audit-suite';
import { SigningKeyError } from './signing-key.error';

/** A key that segments are signed with, as anyone may know it. */
export interface AuditPublicKey {
  /** The first 16 bytes of the suite's hash of `spki`, in hexadecimal. */
  readonly id: string;
  readonly suite: AuditSuiteName;
  /** SubjectPublicKeyInfo in DER (RFC 5280, 4.1). */
  readonly spki: Buffer;
  /** The suite's own form of it: 32 bytes of Ed25519, 65 of SM2. */
  readonly raw: Buffer;
}

/** The whole key, which only the sealing worker has. */
export interface AuditSigner {
  readonly suite: AuditSuite;
  readonly publicKey: AuditPublicKey;
  sign(message: Uint8Array): Promise<Buffer>;
}

// What SubjectPublicKeyInfo puts before the key: RFC 8410 for Ed25519; ecPublicKey with the curve 1.2.156.10197.1.301 for SM2.
const SPKI_PREFIX: Readonly<Record<AuditSuiteName, Buffer>> = {
  standard: Buffer.from('302a300506032b6570032100', 'hex'),
  sm: Buffer.from('3059301306072a8648ce3d020106082a811ccf5501822d034200', 'hex'),
};
const RAW_BYTES: Readonly<Record<AuditSuiteName, number>> = { standard: 32, sm: 65 };
const PRIVATE_BYTES = 32;
/** How `ECPrivateKey` (RFC 5915) begins: version 1, then an octet string of 32 bytes, the number. */
const EC_PRIVATE_HEAD = Buffer.from('0201010420', 'hex');
const PEM = /-----BEGIN PUBLIC KEY-----[A-Za-z0-9+/=\s]{1,1024}-----END PUBLIC KEY-----/g;

/**
 * Reads a private key in PEM (PKCS #8), as `openssl genpkey` writes it: an Ed25519 key signs in the suite `standard`, an SM2 key in `sm`.
 * @throws SigningKeyError
 */
export function readSigner(pem: string): AuditSigner {
  const key = parsed(() => createPrivateKey(pem), 'it is no private key in PEM without a passphrase');
  const publicKey = auditPublicKey(createPublicKey(key).export({ format: 'der', type: 'spki' }));
  const pair: SigningKeyPair = { privateKey: privateBytes(key, publicKey.suite), publicKey: publicKey.raw };
  const suite = AUDIT_SUITES[publicKey.suite];
  return { suite, publicKey, sign: (message) => suite.signing.sign(pair, message) };
}

/** The key that these bytes of SubjectPublicKeyInfo are. @throws SigningKeyError for anything but an Ed25519 or SM2 key */
export function auditPublicKey(spki: Buffer): AuditPublicKey {
  for (const suite of ['standard', 'sm'] as const) {
    const prefix = SPKI_PREFIX[suite];
    if (spki.length !== prefix.length + RAW_BYTES[suite] || !spki.subarray(0, prefix.length).equals(prefix)) continue;
    const id = AUDIT_SUITES[suite].hash(spki).subarray(0, 16).toString('hex');
    return { id, suite, spki, raw: spki.subarray(prefix.length) };
  }
  throw new SigningKeyError('it is neither an Ed25519 nor an SM2 key');
}

/** The public keys of a PEM file, one or several. @throws SigningKeyError when there is none */
export function readPublicKeys(pem: string): AuditPublicKey[] {
  const keys = (pem.match(PEM) ?? []).map((block) => {
    return auditPublicKey(Buffer.from(block.replace(/-----[A-Z ]+-----/g, ''), 'base64'));
  });
  if (keys.length === 0) throw new SigningKeyError('the file holds no public key in PEM');
  return keys;
}

/** As PEM, to be kept off the box by whoever will verify. */
export function publicKeyPem({ spki }: AuditPublicKey): string {
  const lines = spki.toString('base64').match(/.{1,64}/g) ?? [];
  return ['-----BEGIN PUBLIC KEY-----', ...lines, '-----END PUBLIC KEY-----', ''].join('\n');
}

function privateBytes(key: KeyObject, suite: AuditSuiteName): Buffer {
  const der = key.export({ format: 'der', type: 'pkcs8' });
  if (suite === 'standard') return der.subarray(-PRIVATE_BYTES);
  const head = der.indexOf(EC_PRIVATE_HEAD);
  if (head < 0) throw new SigningKeyError('its number has another length than 32 bytes');
  return der.subarray(head + EC_PRIVATE_HEAD.length, head + EC_PRIVATE_HEAD.length + PRIVATE_BYTES);
}

function parsed<T>(read: () => T, reason: string): T {
  try {
    return read();
  } catch {
    // Not as a cause: OpenSSL's message may quote what it was given.
    throw new SigningKeyError(reason);
  }
}
