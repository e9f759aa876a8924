import { AuditLog } from '@app/audit';
import { ConfiguredMasterKeys, type MasterKeys, SUITES, type SuiteName } from '@app/crypto';
import type { UnitOfWork } from '@app/database';
import type { DataSource } from 'typeorm';
import { assertMasterKeys } from './assert-master-keys';
import { BoundedMasterKeys } from './bounded-master-keys';
import { Keyring } from './keyring';

/** What the keys of a process are. */
export interface KeyringOptions {
  /** Master keys in hexadecimal, parted by white space, the one that wraps first. */
  masterKey: string;
  suite: SuiteName;
}

/** The same, with master keys that something else keeps. */
export interface KeptKeyringOptions {
  masterKeys: MasterKeys;
  suite: SuiteName;
}

/** Whoever keeps the master keys, within bounds: the one place where that is decided. */
export function masterKeysOf(options: KeyringOptions | KeptKeyringOptions): MasterKeys {
  return new BoundedMasterKeys('masterKeys' in options ? options.masterKeys : new ConfiguredMasterKeys(options.masterKey));
}

/**
 * A keyring over the master keys of the installation.
 * @throws MasterKeyMissingError when the database needs another one
 */
export async function createKeyring(
  { dataSource, unitOfWork, audit = new AuditLog() }: { dataSource: DataSource; unitOfWork: UnitOfWork; audit?: AuditLog },
  options: KeyringOptions | KeptKeyringOptions,
): Promise<Keyring> {
  const masterKeys = masterKeysOf(options);
  await assertMasterKeys(dataSource, masterKeys);
  return new Keyring({ unitOfWork, audit, masterKeys, suite: SUITES[options.suite] });
}
