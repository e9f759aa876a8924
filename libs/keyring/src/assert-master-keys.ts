import type { MasterKeys } from '@app/crypto';
import type { DataSource } from 'typeorm';
import { MasterKeyMissingError } from './master-key-missing.error';

/**
 * Refuses to go on where a data key could not be unwrapped: better no start than a verification whose reply cannot be kept.
 * @throws MasterKeyMissingError
 */
export async function assertMasterKeys(dataSource: DataSource, { fingerprints }: MasterKeys): Promise<void> {
  const needed = await dataSource.query<{ masterKey: string; keys: string }[]>(
    'select master_key as "masterKey", keys from data_key_master_keys()',
  );
  const missing = needed.filter(({ masterKey }) => !fingerprints.includes(masterKey));
  if (missing.length === 0) return;
  throw new MasterKeyMissingError(
    missing.map(({ masterKey, keys }) => ({ masterKey, keys: Number(keys) })),
    fingerprints,
  );
}
