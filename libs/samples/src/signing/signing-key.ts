import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';

/** A key that signs samples, with what certificates and signatures say of it. */
export interface SigningKey {
  /** SubjectPublicKeyInfo in DER. */
  publicKey: Buffer;
  /** Object identifiers. */
  signatureAlgorithm: string;
  digestAlgorithm: string;
  /** The digest as node:crypto names it. */
  digest: 'sha1' | 'sha256' | 'sha384' | 'sm3';
  sign(data: Uint8Array): Buffer;
  /** The private key for libraries that sign by themselves; absent for SM2, with which none of them does. */
  privateKey?: KeyObject;
}

/** An RSA key that signs with SHA-256, or, for samples of what is not trusted, with SHA-1 or too few bits. */
export function rsaKey(bits = 2048, digest: 'sha256' | 'sha1' = 'sha256'): SigningKey {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: bits });
  const [signatureAlgorithm, digestAlgorithm] =
    digest === 'sha256' ? ['1.2.840.113549.1.1.11', '2.16.840.1.101.3.4.2.1'] : ['1.2.840.113549.1.1.5', '1.3.14.3.2.26'];
  return { ...keys(privateKey, publicKey), signatureAlgorithm, digestAlgorithm, digest, sign: (data) => sign(digest, data, privateKey) };
}

/** A key on the curve P-256 that signs with SHA-256. */
export function ecKey(): SigningKey {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return {
    ...keys(privateKey, publicKey),
    signatureAlgorithm: '1.2.840.10045.4.3.2',
    digestAlgorithm: '2.16.840.1.101.3.4.2.1',
    digest: 'sha256',
    sign: (data) => sign('sha256', data, privateKey),
  };
}

function keys(privateKey: KeyObject, publicKey: KeyObject): Pick<SigningKey, 'privateKey' | 'publicKey'> {
  return { privateKey, publicKey: publicKey.export({ format: 'der', type: 'spki' }) };
}
