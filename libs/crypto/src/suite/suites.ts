import { aes256Gcm } from '../sealing/aes-256-gcm';
import { sm4WithHmac } from '../sealing/sm4-with-hmac';
import { UnsealError } from '../sealing/unseal.error';
import { ED25519 } from '../signing/ed25519';
import { SM2 } from '../signing/sm2';
import { digestsOf } from './digests';
import type { Suite, SuiteName } from './suite';

/** The suites by their names. */
export const SUITES: Readonly<Record<SuiteName, Suite>> = {
  standard: { name: 'standard', id: 1, signing: ED25519, aead: aes256Gcm, ...digestsOf('sha256') },
  sm: { name: 'sm', id: 2, signing: SM2, aead: sm4WithHmac, ...digestsOf('sm3') },
};

/**
 * The suite that a sealed value names in its first byte.
 * @throws UnsealError when it names none
 */
export function suiteOf(sealed: Uint8Array): Suite {
  const suite = Object.values(SUITES).find(({ id }) => id === sealed[0]);
  if (suite === undefined) throw new UnsealError('notAuthentic');
  return suite;
}
