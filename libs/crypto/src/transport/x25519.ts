import { createPrivateKey, createPublicKey, diffieHellman, generateKeyPairSync, hkdfSync } from 'node:crypto';
import { SECRET_BYTES } from '../sealing/sealing-key';
import { UnsealError } from '../sealing/unseal.error';
import type { KeyTransport } from './key-transport';

// RFC 8410: what PKCS #8 and SubjectPublicKeyInfo put before the 32 bytes.
const PRIVATE_PREFIX = Buffer.from('302e020100300506032b656e04220420', 'hex');
const PUBLIC_PREFIX = Buffer.from('302a300506032b656e032100', 'hex');
const KEY_BYTES = 32;

/** X25519 (RFC 7748) with a fresh pair of the sender, then HKDF with SHA-256 over the shared value; both public keys are in its `info`. */
export const X25519: KeyTransport = {
  name: 'X25519-HKDF-SHA256',
  publicKeyBytes: KEY_BYTES,
  generateKeyPair: () => Promise.resolve(newPair()),
  encapsulate(publicKey) {
    const own = newPair();
    const shared = sharedOf(own.privateKey, publicKey);
    if (shared === null) return Promise.reject(new RangeError('not a public key of X25519'));
    return Promise.resolve({ secret: secretOf(shared, own.publicKey, publicKey), encapsulated: own.publicKey });
  },
  decapsulate({ privateKey, publicKey }, encapsulated) {
    const shared = sharedOf(privateKey, encapsulated);
    if (shared === null) throw new UnsealError('notAuthentic');
    return secretOf(shared, encapsulated, publicKey);
  },
};

function newPair() {
  const { privateKey, publicKey } = generateKeyPairSync('x25519');
  return {
    privateKey: privateKey.export({ format: 'der', type: 'pkcs8' }).subarray(-KEY_BYTES),
    publicKey: publicKey.export({ format: 'der', type: 'spki' }).subarray(-KEY_BYTES),
  };
}

/** Null for a public key of another length, and for the few that share nothing (RFC 7748, 6.1), which OpenSSL refuses. */
function sharedOf(own: Uint8Array, theirs: Uint8Array): Buffer | null {
  if (theirs.length !== KEY_BYTES) return null;
  const privateKey = createPrivateKey({ key: Buffer.concat([PRIVATE_PREFIX, own]), format: 'der', type: 'pkcs8' });
  try {
    const publicKey = createPublicKey({ key: Buffer.concat([PUBLIC_PREFIX, theirs]), format: 'der', type: 'spki' });
    return diffieHellman({ privateKey, publicKey });
  } catch {
    return null;
  }
}

function secretOf(shared: Buffer, sender: Uint8Array, recipient: Uint8Array): Buffer {
  const info = Buffer.concat([Buffer.from('piaoyan/key-transport/1'), sender, recipient]);
  const secret = Buffer.from(hkdfSync('sha256', shared, '', info, SECRET_BYTES));
  shared.fill(0);
  return secret;
}
