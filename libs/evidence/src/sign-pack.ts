import { type AuditSigner, publicKeyPem } from '@app/audit';
import { v4 as uuidv4 } from 'uuid';
import { FORMAT, listed, type Manifest, MANIFEST, PUBLIC_KEY, sha256, SIGNATURE, SUMS } from './manifest';
import { type PackPart, writeStoredZip } from './stored-zip';

/** What the manifest says beside its parts and the key. */
export type PackFacts = Pick<Manifest, 'tenantId' | 'bill' | 'madeAt' | 'madeBy'>;

/** The parts with their manifest, its signature and the key, as one file. `manifestHash` is the SHA-256 by which the audit knows it. */
export async function signPack(
  facts: PackFacts,
  parts: readonly PackPart[],
  signer: AuditSigner,
): Promise<{ zip: Buffer; manifestHash: string }> {
  const sums = parts.map(({ name, bytes }) => `${sha256(bytes)}  ${name}\n`).join('');
  const all = [...parts, { name: SUMS, bytes: Buffer.from(sums) }];
  const { suite, publicKey } = signer;
  const manifest: Manifest = { format: FORMAT, ...facts, nonce: uuidv4(), suite: suite.name, keyId: publicKey.id, parts: all.map(listed) };
  const bytes = Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`);
  const signed = [
    { name: MANIFEST, bytes },
    { name: SIGNATURE, bytes: await signer.sign(bytes) },
    { name: PUBLIC_KEY, bytes: Buffer.from(publicKeyPem(publicKey)) },
  ];
  return { zip: writeStoredZip([...signed, ...all]), manifestHash: sha256(bytes) };
}
