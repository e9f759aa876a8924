import type { KeyringOptions } from '@app/keyring';

/** The keys of the made-up ledger. */
export const LEDGER_KEYS: KeyringOptions = { masterKey: 'e'.repeat(64), suite: 'standard' };
