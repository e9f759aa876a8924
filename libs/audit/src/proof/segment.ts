import type { AuditSuite, AuditSuiteName } from './audit-suite';
import { canonicalBytes } from './canonical-encoding';

/** What one sealing of a tenant's entries says. Hashes are 32 bytes. */
export interface Segment {
  tenantId: string;
  /** From 1, without gaps. */
  number: number;
  /** Sequence numbers of its entries: from 1 for each tenant, without gaps. */
  firstSequence: number;
  lastSequence: number;
  entries: number;
  /** Root of the Merkle tree over its entries. */
  root: Buffer;
  /** Hash of the segment before; empty for the first. */
  previousHash: Buffer;
  /** Each of the tenant's entries of an older transaction than this (xid8, as text) is in this segment or in one before. */
  sealedBelow: string;
  /** UTC with microseconds, by the database's clock. */
  sealedAt: string;
  suite: AuditSuiteName;
}

/** Its place in the chain over all tenants. */
export interface ChainLink {
  /** From 1, without gaps. */
  number: number;
  /** Hash of the link before; empty for the first. */
  previousHash: Buffer;
  tenantId: string;
  segment: number;
  segmentHash: Buffer;
}

/** What a signature stands for: a segment, and all that is before it in its tenant's chain and in the chain over all tenants. */
export interface SignedHead {
  segmentHash: Buffer;
  linkHash: Buffer;
  keyId: string;
  /** Key that signed the tenant's segment before; null for the first. Where it is another one, the key was changed. */
  previousKeyId: string | null;
}

// Beside 0 and 1 of the Merkle tree, so that nothing of one kind can pass for another.
const SEGMENT_PREFIX = 2;
const LINK_PREFIX = 3;
const SIGNATURE_PREFIX = 4;
const hex = (hash: Buffer): string => hash.toString('hex');

export function segmentHash(suite: AuditSuite, segment: Segment): Buffer {
  const { tenantId, number, firstSequence, lastSequence, entries, root, previousHash, sealedBelow, sealedAt } = segment;
  const counts = [number, firstSequence, lastSequence, entries].map(String);
  const values = ['piaoyan-audit-segment/1', suite.name, tenantId, ...counts, hex(root), hex(previousHash), sealedBelow, sealedAt];
  return suite.hash(canonicalBytes(SEGMENT_PREFIX, values));
}

export function linkHash(suite: AuditSuite, { number, previousHash, tenantId, segment, segmentHash: of }: ChainLink): Buffer {
  const values = ['piaoyan-audit-link/1', suite.name, String(number), hex(previousHash), tenantId, String(segment), hex(of)];
  return suite.hash(canonicalBytes(LINK_PREFIX, values));
}

/** The bytes that are signed. */
export function signedBytes(suite: AuditSuite, { segmentHash: segment, linkHash: link, keyId, previousKeyId }: SignedHead): Buffer {
  // A copy: signing may take its time.
  return Buffer.from(
    canonicalBytes(SIGNATURE_PREFIX, ['piaoyan-audit-signature/1', suite.name, hex(segment), hex(link), keyId, previousKeyId]),
  );
}
