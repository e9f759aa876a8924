import { userInfo } from 'node:os';
import { CliConfig, ConfigError, parseConfig } from '@app/config';
import type { Actor } from '@app/database';
import { type ClientCredentialAdmin, withClientCredentialAdmin } from '@app/tenancy';
import { requireOwnerUrl } from './owner-url';
import { requireHashKey } from './tenant-admin';

/** Runs a piece of administration of client credentials as the owner role, told in the audit as the person at the keyboard. */
export async function asCredentialOperator<T>(work: (admin: ClientCredentialAdmin, actor: Actor) => Promise<T>): Promise<T> {
  const { username } = userInfo();
  const options = {
    ownerUrl: requireOwnerUrl(),
    hashKey: requireHashKey(),
    masterKey: requireMasterKey(),
    applicationName: 'piaoyan-cli',
  };
  return withClientCredentialAdmin(options, (admin) => work(admin, { type: 'operator', id: username, name: username }));
}

/** The master key that the processes use. */
export function requireMasterKey(): string {
  const { PIAOYAN_MASTER_KEY: key } = parseConfig(CliConfig);
  if (key === undefined)
    throw new ConfigError(['PIAOYAN_MASTER_KEY (or PIAOYAN_MASTER_KEY_FILE) is required: the key that api and worker use']);
  return key;
}
