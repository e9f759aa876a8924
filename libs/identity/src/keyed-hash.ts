import { installationHash } from '@app/crypto';

/** What a keyed hash is made of; each kind has a space of its own, so that no hash of one kind is ever one of another. */
export type HashedKind = 'session' | 'csrf' | 'recovery-code' | 'address' | 'login' | 'password-pepper' | 'flow' | 'external-login';

/** The installation's keyed hash (HMAC-SHA-256 or HMAC-SM3, as its hash key says); 32 bytes. */
export function keyedHash(hashKey: string, kind: HashedKind, ...parts: readonly string[]): Buffer {
  return installationHash(hashKey, JSON.stringify([`identity/1/${kind}`, ...parts]));
}
