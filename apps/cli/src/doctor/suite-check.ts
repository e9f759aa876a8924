import { hashSuiteOf, SM_HASH_KEY_MARK, type SuiteName } from '@app/crypto';
import type { Check, Finding } from './check';

/** The hash key names its own algorithm, and should name that of the suite: an installation of `sm` hashes by HMAC-SM3 too. */
export function suiteCheck(suite: SuiteName, hashKey: string | undefined): Check {
  return { name: 'algorithms', run: () => Promise.resolve(judgeSuite(suite, hashKey)) };
}

export function judgeSuite(suite: SuiteName, hashKey: string | undefined): Finding {
  if (hashKey === undefined) return { state: 'skip', detail: 'PIAOYAN_HASH_KEY is not set' };
  const hashSuite = hashSuiteOf(hashKey);
  if (hashSuite === suite) return { state: 'ok', detail: `suite ${suite} seals, hashes and signs` };
  return {
    state: 'warn',
    detail: `suite ${suite} seals and signs, and the hash key is one of suite ${hashSuite}`,
    advice:
      suite === 'sm'
        ? `a hash key that begins with "${SM_HASH_KEY_MARK}" hashes by HMAC-SM3; it is a new key, read docs/operations/keys.md before you change it`
        : 'PIAOYAN_CRYPTO_SUITE=sm belongs to this hash key',
  };
}
