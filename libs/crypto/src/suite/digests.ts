import { createHash, createHmac, createSecretKey, hkdfSync } from 'node:crypto';
import type { Suite } from './suite';

/** Hash, HMAC and HKDF of one hash function that OpenSSL knows by this name. */
export function digestsOf(algorithm: 'sha256' | 'sm3'): Pick<Suite, 'hash' | 'startHash' | 'keyedHash' | 'deriveKey'> {
  return {
    hash(...parts) {
      const hash = createHash(algorithm);
      for (const part of parts) hash.update(part);
      return hash.digest();
    },
    startHash: () => createHash(algorithm),
    keyedHash(key, ...parts) {
      // Given bytes, createHmac looks long for what kind of key they are: five times as long as a short text takes.
      const hmac = createHmac(algorithm, key instanceof Uint8Array ? createSecretKey(key) : key);
      for (const part of parts) hmac.update(part);
      return hmac.digest();
    },
    deriveKey(secret, { salt = NO_SALT, info, bytes }) {
      return Buffer.from(hkdfSync(algorithm, secret, salt, info, bytes));
    },
  };
}

const NO_SALT = new Uint8Array(0);
