import { type AuditPublicKey, readPublicKeys } from '@app/audit';
import { SUITES } from '@app/crypto';
import { z } from 'zod';
import { checkEntryProof, ProvenEntry } from './entry-proof';
import { listed, Manifest, MANIFEST, PUBLIC_KEY, SIGNATURE } from './manifest';
import { PackError } from './pack.error';
import { type PackPart, readStoredZip } from './stored-zip';

/** What a pack was found to prove. */
export interface PackVerdict {
  manifest: Manifest;
  /** Entries of the audit that are proven to stand in signed segments, and those that were not sealed yet. */
  provenEntries: number;
  unsealedEntries: number;
  /** Ids of the keys that segments were signed with. */
  auditKeyIds: string[];
  /** Whether each key was among those that the verifier held already: without that the pack vouches for itself alone. */
  isKeyKnown: boolean;
  areAuditKeysKnown: boolean;
}

/** Keys that whoever verifies had before, by their ids: of evidence, and of the audit. */
export interface KnownKeys {
  evidence?: readonly AuditPublicKey[];
  audit?: readonly AuditPublicKey[];
}

export const AUDIT_PART = 'audit.json';

/** Checks a pack off the box, with nothing but the file and the keys at hand. @throws PackError naming the first part that is wrong */
export function verifyPack(zip: Buffer, known: KnownKeys = {}): PackVerdict {
  const parts = new Map(readStoredZip(zip).map((part) => [part.name, part]));
  const manifest = signedManifest(parts, known.evidence);
  checkParts(manifest, parts);
  const entries = parsed(z.array(ProvenEntry), partOf(parts, AUDIT_PART));
  const sealed = entries.flatMap(({ fields, proof }) => (proof === null ? [] : [checkEntryProof(fields, proof)]));
  if (entries.some(({ fields }) => fields['tenant_id'] !== manifest.tenantId)) throw new PackError('entry', AUDIT_PART);
  const auditKeyIds = [...new Set(sealed)].sort();
  const held = new Set((known.audit ?? []).map(({ id }) => id));
  return {
    manifest,
    ...{ provenEntries: sealed.length, unsealedEntries: entries.length - sealed.length, auditKeyIds },
    isKeyKnown: known.evidence !== undefined,
    areAuditKeysKnown: auditKeyIds.every((id) => held.has(id)),
  };
}

/** By a key that is held, where one is; else by the one in the pack. */
function signedManifest(parts: ReadonlyMap<string, PackPart>, held: readonly AuditPublicKey[] | undefined): Manifest {
  const { bytes } = partOf(parts, MANIFEST);
  const manifest = parsed(Manifest, partOf(parts, MANIFEST));
  const keys = held ?? keysIn(partOf(parts, PUBLIC_KEY));
  const key = keys.find(({ id }) => id === manifest.keyId);
  if (key?.suite !== manifest.suite) throw new PackError('key', MANIFEST);
  const signature = partOf(parts, SIGNATURE).bytes;
  if (!SUITES[key.suite].signing.verify(key.raw, bytes, signature)) throw new PackError('signature', MANIFEST);
  return manifest;
}

function keysIn({ bytes, name }: PackPart): AuditPublicKey[] {
  try {
    return readPublicKeys(bytes.toString('latin1'));
  } catch {
    throw new PackError('key', name);
  }
}

function checkParts(manifest: Manifest, parts: ReadonlyMap<string, PackPart>): void {
  for (const claimed of manifest.parts) {
    const part = parts.get(claimed.name);
    if (part === undefined) throw new PackError('missing', claimed.name);
    if (listed(part).sha256 !== claimed.sha256) throw new PackError('altered', claimed.name);
  }
  const known = new Set([MANIFEST, SIGNATURE, PUBLIC_KEY, ...manifest.parts.map(({ name }) => name)]);
  for (const name of parts.keys()) if (!known.has(name)) throw new PackError('unlisted', name);
}

function partOf(parts: ReadonlyMap<string, PackPart>, name: string): PackPart {
  const part = parts.get(name);
  if (part === undefined) throw new PackError('missing', name);
  return part;
}

function parsed<T>(schema: z.ZodType<T>, { bytes, name }: PackPart): T {
  try {
    return schema.parse(JSON.parse(bytes.toString('utf8')));
  } catch {
    throw new PackError('malformed', name);
  }
}
