import type { AuditSigner } from '@app/audit';
import type { CertificateSigner } from './erasure-certificate';

const ALGORITHMS = { standard: 'Ed25519', sm: 'SM2' } as const;

/** Signs certificates with a key of the audit's kind: Ed25519, or SM2 with the default ID; the public key is its SubjectPublicKeyInfo. */
export function certificateSigner(signer: AuditSigner): CertificateSigner {
  const { suite, spki } = signer.publicKey;
  return { algorithm: ALGORITHMS[suite], publicKey: spki.toString('base64'), sign: (bytes) => signer.sign(bytes) };
}
