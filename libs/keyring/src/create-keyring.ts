import type { UnitOfWork } from '@app/database';
import type { DataSource } from 'typeorm';
import { Keyring } from './keyring';

/** What the keys of a process are. */
export interface KeyringOptions {
  masterKey: string;
}

export async function createKeyring(_parts: { dataSource: DataSource; unitOfWork: UnitOfWork }, options: KeyringOptions): Promise<Keyring> {
  return Promise.resolve(new Keyring(options.masterKey));
}
