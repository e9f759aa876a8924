import type { Suite, SuiteName } from './suite';
import { SUITES } from './suites';

/** How a hash key begins whose hashes are HMAC-SM3. The mark is a part of the key, so that no key ever serves two algorithms. */
export const SM_HASH_KEY_MARK = 'sm3:';

/**
 * The suite whose keyed hash belongs to an installation's hash key. The key says it, not `PIAOYAN_CRYPTO_SUITE`: what was hashed under a
 * key is found again under this key and algorithm alone, and so must not change with a setting.
 */
export function hashSuiteOf(hashKey: string): SuiteName {
  return hashKey.startsWith(SM_HASH_KEY_MARK) ? 'sm' : 'standard';
}

/** The keyed hash of a text under the installation's hash key: 32 bytes of HMAC-SHA-256, or of HMAC-SM3 where the key is marked for it. */
export function installationHash(hashKey: string, text: string): Buffer {
  const suite: Suite = SUITES[hashSuiteOf(hashKey)];
  return suite.keyedHash(Buffer.from(hashKey), Buffer.from(text));
}
