import { AUDIT_SUITES } from './audit-suite';
import type { SegmentRecord } from './export-record';
import type { FindingCode } from './finding';
import type { HeldAgainst } from './held-against';
import { merkleRoot } from './merkle-tree';
import { segmentHash } from './segment';

const HASH_BYTES = 32;

/** What is wrong with a segment: in itself, in its place behind the one before, in its signature, against anchors, in its leaves; or null. */
export function segmentFault(tenantId: string, segment: SegmentRecord, { last, keys, anchors }: HeldAgainst): FindingCode | null {
  const suite = AUDIT_SUITES[segment.suite];
  const root = Buffer.from(segment.root, 'hex');
  const content = { ...segment, tenantId, root, previousHash: Buffer.from(segment.previousHash, 'hex') };
  if (segmentHash(suite, content).toString('hex') !== segment.hash) return 'segment-altered';
  const { number, firstSequence, lastSequence, entries } = segment;
  const isFirst = number === 1;
  const follows = last === null ? isFirst === (segment.previousHash === '') : segment.previousHash === last.hash;
  const isInSequence = firstSequence === (last === null && !isFirst ? firstSequence : (last?.lastSequence ?? 0) + 1);
  if (!follows || !isInSequence || lastSequence - firstSequence + 1 !== entries) return 'segment-chain';
  const signature = keys.examine({ ...segment, segmentHash: segment.hash });
  if (signature !== null) return signature;
  const keyBefore = isFirst ? null : (last?.keyId ?? segment.previousKeyId);
  if (segment.previousKeyId !== keyBefore) return 'segment-key-change';
  if (!anchors.agreesWith({ ...segment, segmentHash: segment.hash })) return 'anchor-differs';
  const leaves = leavesOf(segment);
  return leaves !== null && merkleRoot(suite, leaves).equals(root) ? null : 'segment-root';
}

/** Null when they are not as many as the segment has entries. */
function leavesOf({ leaves, entries }: SegmentRecord): Buffer[] | null {
  const bytes = Buffer.from(leaves, 'base64');
  if (bytes.length !== entries * HASH_BYTES) return null;
  return Array.from({ length: entries }, (_, index) => bytes.subarray(index * HASH_BYTES, (index + 1) * HASH_BYTES));
}
