import { AuditLog } from '@app/audit';
import { ConfiguredMasterKeys, SUITES, type SuiteName } from '@app/crypto';
import type { UnitOfWork } from '@app/database';
import type { DataSource } from 'typeorm';
import { assertMasterKeys } from './assert-master-keys';
import { Keyring } from './keyring';

/** What the keys of a process are. */
export interface KeyringOptions {
  /** Master keys in hexadecimal, parted by white space, the one that wraps first. */
  masterKey: string;
  suite: SuiteName;
}

/**
 * A keyring over the master keys that the operator configured.
 * @throws MasterKeyMissingError when the database needs another one
 */
export async function createKeyring(
  { dataSource, unitOfWork, audit = new AuditLog() }: { dataSource: DataSource; unitOfWork: UnitOfWork; audit?: AuditLog },
  { masterKey, suite }: KeyringOptions,
): Promise<Keyring> {
  const masterKeys = new ConfiguredMasterKeys(masterKey);
  await assertMasterKeys(dataSource, masterKeys);
  return new Keyring({ unitOfWork, audit, masterKeys, suite: SUITES[suite] });
}
