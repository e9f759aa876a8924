import type { AuditSuite, AuditSuiteName } from './audit-suite';
import { canonicalBytes } from './canonical-encoding';

/** What stays of segments that outlived their time. Hashes are 32 bytes. */
export interface Removal {
  tenantId: string;
  /** From 1 for each tenant, without gaps. */
  number: number;
  firstSegment: number;
  lastSegment: number;
  /** Sequence numbers of the entries in them. */
  firstSequence: number;
  lastSequence: number;
  entries: number;
  /** Root of the Merkle tree over the hashes of the segments: whoever has an older export can show what was in them. */
  root: Buffer;
  /** Hash of the last one, which the first that was kept continues, and the key that signed it. */
  lastHash: Buffer;
  lastKeyId: string;
  /** When the last one was sealed: all its entries are older. */
  lastSealedAt: string;
  /** By which rule: for so many days entries were kept at least. */
  retentionDays: number;
  removedAt: string;
  /** Hash of the removal before; empty for the first. */
  previousHash: Buffer;
  suite: AuditSuiteName;
}

/** A law's six months have up to 184 days. Whoever removes earlier removes against it. */
export const LEAST_RETENTION_DAYS = 184;

// Beside those of tree, segment, link and signature.
const REMOVAL_PREFIX = 5;
const REMOVAL_SIGNATURE_PREFIX = 6;

export function removalHash(suite: AuditSuite, removal: Removal): Buffer {
  const { tenantId, number, firstSegment, lastSegment, firstSequence, lastSequence, entries, root, lastHash, lastKeyId } = removal;
  const { lastSealedAt, retentionDays, removedAt, previousHash } = removal;
  const counts = [number, firstSegment, lastSegment, firstSequence, lastSequence, entries].map(String);
  const hashes = [root.toString('hex'), lastHash.toString('hex'), lastKeyId];
  const rule = [lastSealedAt, String(retentionDays), removedAt, previousHash.toString('hex')];
  return suite.hash(canonicalBytes(REMOVAL_PREFIX, ['piaoyan-audit-removal/1', suite.name, tenantId, ...counts, ...hashes, ...rule]));
}

/** The bytes that are signed. */
export function signedRemovalBytes(suite: AuditSuite, { hash, keyId }: { hash: Buffer; keyId: string }): Buffer {
  // A copy: signing may take its time.
  return Buffer.from(
    canonicalBytes(REMOVAL_SIGNATURE_PREFIX, ['piaoyan-audit-removal-signature/1', suite.name, hash.toString('hex'), keyId]),
  );
}
