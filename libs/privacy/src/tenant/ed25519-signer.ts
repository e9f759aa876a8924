import { createPrivateKey, createPublicKey, sign } from 'node:crypto';
import type { CertificateSigner } from './erasure-certificate';
import { TenantErasureError } from './tenant-erasure.error';

/** Signs with an Ed25519 key in PEM (PKCS #8), as `openssl genpkey -algorithm ed25519` writes it. @throws TenantErasureError for another key */
export function ed25519Signer(pem: string): CertificateSigner {
  const key = privateKeyOf(pem);
  const publicKey = createPublicKey(key).export({ format: 'der', type: 'spki' }).toString('base64');
  return { algorithm: 'Ed25519', publicKey, sign: (bytes) => Promise.resolve(sign(null, bytes, key)) };
}

function privateKeyOf(pem: string): ReturnType<typeof createPrivateKey> {
  try {
    const key = createPrivateKey(pem);
    if (key.asymmetricKeyType === 'ed25519') return key;
  } catch {
    // What is wrong with it would quote the key.
  }
  throw new TenantErasureError('the signing key is no Ed25519 private key in PEM');
}
