import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto';
import type { SigningAlgorithm } from './signing-algorithm';

// RFC 8410: what PKCS #8 and SubjectPublicKeyInfo put before the 32 bytes.
const PRIVATE_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');
const PUBLIC_PREFIX = Buffer.from('302a300506032b6570032100', 'hex');
const KEY_BYTES = 32;
const SIGNATURE_BYTES = 64;

/** Ed25519 (RFC 8032) of node:crypto; a signature has 64 bytes. */
export const ED25519: SigningAlgorithm = {
  name: 'Ed25519',
  generateKeyPair() {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    return Promise.resolve({
      privateKey: privateKey.export({ format: 'der', type: 'pkcs8' }).subarray(-KEY_BYTES),
      publicKey: publicKey.export({ format: 'der', type: 'spki' }).subarray(-KEY_BYTES),
    });
  },
  sign({ privateKey }, message) {
    const key = createPrivateKey({ key: Buffer.concat([PRIVATE_PREFIX, privateKey]), format: 'der', type: 'pkcs8' });
    return Promise.resolve(sign(null, message, key));
  },
  verify(publicKey, message, signature) {
    if (publicKey.length !== KEY_BYTES || signature.length !== SIGNATURE_BYTES) return false;
    const key = createPublicKey({ key: Buffer.concat([PUBLIC_PREFIX, publicKey]), format: 'der', type: 'spki' });
    return verify(null, message, key, signature);
  },
};
