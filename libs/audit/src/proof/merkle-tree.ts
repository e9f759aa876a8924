import type { AuditSuite } from './audit-suite';

/** First byte of what a leaf's and a node's hash are made of (RFC 6962, 2.1): no node can pass for a leaf. */
export const LEAF_PREFIX = 0;
const NODE_PREFIX = Buffer.of(1);

/** A neighbour on the way from a leaf to the root. */
export interface ProofStep {
  side: 'left' | 'right';
  hash: Buffer;
}

function nodeHash(suite: AuditSuite, left: Uint8Array, right: Uint8Array): Buffer {
  return suite.hash(Buffer.concat([NODE_PREFIX, left, right]));
}

/** The Merkle tree hash of RFC 6962, 2.1, over the hashes of its leaves. @throws RangeError without leaves: no segment is empty */
export function merkleRoot(suite: AuditSuite, leaves: readonly Buffer[]): Buffer {
  const [only] = leaves;
  if (only === undefined) throw new RangeError('a tree without leaves has no root');
  if (leaves.length === 1) return only;
  const split = splitOf(leaves.length);
  return nodeHash(suite, merkleRoot(suite, leaves.slice(0, split)), merkleRoot(suite, leaves.slice(split)));
}

/** What proves, beside the root, that the leaf at `index` (from 0) is one of them: the path of RFC 6962, 2.1.1, from the leaf upwards. */
export function inclusionProof(suite: AuditSuite, leaves: readonly Buffer[], index: number): ProofStep[] {
  if (index < 0 || index >= leaves.length) throw new RangeError(`there is no leaf ${index}`);
  if (leaves.length === 1) return [];
  const split = splitOf(leaves.length);
  const left = leaves.slice(0, split);
  const right = leaves.slice(split);
  return index < split
    ? [...inclusionProof(suite, left, index), { side: 'right', hash: merkleRoot(suite, right) }]
    : [...inclusionProof(suite, right, index - split), { side: 'left', hash: merkleRoot(suite, left) }];
}

/** The root that a leaf leads to; it is proven when this is the signed one. */
export function rootOfProof(suite: AuditSuite, leaf: Buffer, proof: readonly ProofStep[]): Buffer {
  return proof.reduce((hash, step) => (step.side === 'left' ? nodeHash(suite, step.hash, hash) : nodeHash(suite, hash, step.hash)), leaf);
}

/** The largest power of two below `size`. */
function splitOf(size: number): number {
  return 2 ** (31 - Math.clz32(size - 1));
}
