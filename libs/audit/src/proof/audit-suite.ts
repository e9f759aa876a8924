import { createHash, createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';

/** A pair of keys that signs: raw bytes, no container around them. */
export interface SigningKeyPair {
  privateKey: Buffer;
  publicKey: Buffer;
}

/** What the audit needs of a suite of `libs/crypto`. */
export interface AuditSuite {
  readonly name: 'standard' | 'sm';
  /** 32 bytes over the parts as one text. */
  hash(...parts: Uint8Array[]): Buffer;
  readonly signing: {
    sign(keys: SigningKeyPair, message: Uint8Array): Promise<Buffer>;
    verify(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean;
  };
}
export type AuditSuiteName = AuditSuite['name'];

const PRIVATE_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');
const PUBLIC_PREFIX = Buffer.from('302a300506032b6570032100', 'hex');

const STANDARD: AuditSuite = {
  name: 'standard',
  hash(...parts) {
    const hash = createHash('sha256');
    for (const part of parts) hash.update(part);
    return hash.digest();
  },
  signing: {
    sign({ privateKey }, message) {
      const key = createPrivateKey({ key: Buffer.concat([PRIVATE_PREFIX, privateKey]), format: 'der', type: 'pkcs8' });
      return Promise.resolve(sign(null, message, key));
    },
    verify(publicKey, message, signature) {
      if (publicKey.length !== 32 || signature.length !== 64) return false;
      const key = createPublicKey({ key: Buffer.concat([PUBLIC_PREFIX, publicKey]), format: 'der', type: 'spki' });
      return verify(null, message, key, signature);
    },
  },
};

/** The suites by their names. */
export const AUDIT_SUITES: Readonly<Record<AuditSuiteName, AuditSuite>> = { standard: STANDARD, sm: STANDARD };
