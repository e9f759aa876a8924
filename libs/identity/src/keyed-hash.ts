import { createHmac } from 'node:crypto';

/** What a keyed hash is made of; each kind has a space of its own, so that no hash of one kind is ever one of another. */
export type HashedKind = 'session' | 'csrf' | 'recovery-code' | 'address' | 'login' | 'password-pepper' | 'flow' | 'external-login';

/** HMAC-SHA-256 under the installation's hash key; 32 bytes. */
export function keyedHash(hashKey: string, kind: HashedKind, ...parts: readonly string[]): Buffer {
  return createHmac('sha256', hashKey)
    .update(JSON.stringify([`identity/1/${kind}`, ...parts]))
    .digest();
}
