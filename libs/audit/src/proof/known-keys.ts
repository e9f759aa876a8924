import { AUDIT_SUITES } from './audit-suite';
import type { HeaderRecord } from './export-record';
import type { FindingCode } from './finding';
import { signedRemovalBytes } from './removal';
import { signedBytes } from './segment';
import { type AuditPublicKey, auditPublicKey } from './signing-key';
import { SigningKeyError } from './signing-key.error';

/** A signature as records and anchors hold it; hashes in hexadecimal, the signature in base64. */
export interface HeldSignature {
  segmentHash: string;
  linkHash: string;
  keyId: string | null;
  previousKeyId: string | null;
  signature: string;
}

/** The keys whose signatures count. */
export class KnownKeys {
  private readonly keys = new Map<string, AuditPublicKey>();

  constructor(keys: readonly AuditPublicKey[]) {
    for (const key of keys) this.keys.set(key.id, key);
  }

  /** The keys that an export declares; null when one of them is not what its id says. */
  static declaredIn(header: HeaderRecord): KnownKeys | null {
    try {
      const keys = header.keys.map(({ spki }) => auditPublicKey(Buffer.from(spki, 'base64')));
      const areNamed = keys.every(({ id, suite }, index) => id === header.keys[index]?.id && suite === header.keys[index].suite);
      return areNamed ? new KnownKeys(keys) : null;
    } catch (error) {
      if (error instanceof SigningKeyError) return null;
      throw error;
    }
  }

  /** Whether a key that counts signed the record of a removal. */
  hasSignedRemoval({ hash, keyId, signature }: { hash: string; keyId: string; signature: string }): boolean {
    const key = this.keys.get(keyId);
    if (key === undefined) return false;
    const suite = AUDIT_SUITES[key.suite];
    const signed = signedRemovalBytes(suite, { hash: Buffer.from(hash, 'hex'), keyId });
    return suite.signing.verify(key.raw, signed, Buffer.from(signature, 'base64'));
  }

  /** What is wrong with a signature, or null. */
  examine({ segmentHash, linkHash, keyId, previousKeyId, signature }: HeldSignature): FindingCode | null {
    if (keyId === null || signature === '') return 'segment-unsigned';
    const key = this.keys.get(keyId);
    if (key === undefined) return 'segment-foreign-key';
    const suite = AUDIT_SUITES[key.suite];
    const head = { segmentHash: Buffer.from(segmentHash, 'hex'), linkHash: Buffer.from(linkHash, 'hex'), keyId, previousKeyId };
    const isValid = suite.signing.verify(key.raw, signedBytes(suite, head), Buffer.from(signature, 'base64'));
    return isValid ? null : 'segment-signature';
  }
}
