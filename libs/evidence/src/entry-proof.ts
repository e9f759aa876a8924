import {
  AUDIT_SUITES,
  auditPublicKey,
  type EntryFields,
  leafHash,
  type ProofStep,
  rootOfProof,
  type Segment,
  segmentHash,
  signedBytes,
} from '@app/audit';
import { z } from 'zod';
import { PackError } from './pack.error';

const hash = z.string().regex(/^[0-9a-f]{64}$/);

/** That an entry stands at its number in a sealed and signed segment of the audit. Hashes are in hexadecimal, signature and key in base64. */
export const EntryProof = z.strictObject({
  sequence: z.int().min(1),
  path: z.array(z.strictObject({ side: z.enum(['left', 'right']), hash })).max(64),
  segment: z.strictObject({
    tenantId: z.uuid(),
    number: z.int().min(1),
    firstSequence: z.int().min(1),
    lastSequence: z.int().min(1),
    entries: z.int().min(1),
    root: hash,
    previousHash: z.string().regex(/^([0-9a-f]{64})?$/),
    sealedBelow: z.string(),
    sealedAt: z.string(),
    suite: z.enum(['standard', 'sm']),
  }),
  linkHash: hash,
  keyId: z.string(),
  previousKeyId: z.string().nullable(),
  signature: z.string(),
  /** SubjectPublicKeyInfo. */
  publicKey: z.string(),
});
export type EntryProof = z.infer<typeof EntryProof>;

/** An entry of the audit, every column as the text that was sealed; `proof` is null for one that was not sealed yet when the pack was made. */
export const ProvenEntry = z.strictObject({ fields: z.record(z.string(), z.string()), proof: EntryProof.nullable() });
export type ProvenEntry = z.infer<typeof ProvenEntry>;

/** Id of the key by which an entry is proven. @throws PackError naming the entry when its proof proves nothing */
export function checkEntryProof(fields: EntryFields, proof: EntryProof): string {
  const name = fields['id'] ?? 'entry';
  const suite = AUDIT_SUITES[proof.segment.suite];
  const path: ProofStep[] = proof.path.map((step) => ({ side: step.side, hash: bytesOf(step.hash) }));
  const root = rootOfProof(suite, leafHash(suite, proof.sequence, fields), path);
  const { root: claimed, previousHash, ...content } = proof.segment;
  const isInRange = proof.sequence >= content.firstSequence && proof.sequence <= content.lastSequence;
  if (!isInRange || !root.equals(bytesOf(claimed)) || fields['tenant_id'] !== content.tenantId) throw new PackError('entry', name);
  const segment: Segment = { ...content, root, previousHash: bytesOf(previousHash) };
  const key = auditPublicKey(Buffer.from(proof.publicKey, 'base64'));
  if (key.id !== proof.keyId || key.suite !== suite.name) throw new PackError('segment', name);
  const { keyId, previousKeyId } = proof;
  const head = { segmentHash: segmentHash(suite, segment), linkHash: bytesOf(proof.linkHash), keyId, previousKeyId };
  const isSigned = suite.signing.verify(key.raw, signedBytes(suite, head), Buffer.from(proof.signature, 'base64'));
  if (!isSigned) throw new PackError('segmentSignature', name);
  return key.id;
}

const bytesOf = (hex: string): Buffer => Buffer.from(hex, 'hex');
