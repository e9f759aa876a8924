import type { KeyringOptions } from '@app/keyring';

/** The keys that tests seal with. */
export const TEST_KEYS: KeyringOptions = { masterKey: 'e'.repeat(64), suite: 'standard' };
