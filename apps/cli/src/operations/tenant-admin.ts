import { userInfo } from 'node:os';
import { CliConfig, ConfigError, parseConfig } from '@app/config';
import type { Actor } from '@app/database';
import { type TenantAdmin, withTenantAdmin } from '@app/tenancy';
import { requireOwnerUrl } from './owner-url';

/** Runs a piece of administration as the owner role, told in the audit as the person at the keyboard. */
export async function asOperator<T>(work: (admin: TenantAdmin, actor: Actor) => Promise<T>): Promise<T> {
  const apiKeys = { maxDays: parseConfig(CliConfig).PIAOYAN_API_KEY_MAX_DAYS };
  return withTenantAdmin({ ...ownerAccess(), apiKeys }, (admin) => work(admin, operator()));
}

/** The person at the keyboard. */
export function operator(): Actor {
  const { username } = userInfo();
  return { type: 'operator', id: username, name: username };
}

/** How the owner's database is reached. @throws ConfigError naming what is not set */
export function ownerAccess(): { ownerUrl: string; hashKey: string; applicationName: string } {
  return { ownerUrl: requireOwnerUrl(), hashKey: requireHashKey(), applicationName: 'piaoyan-cli' };
}

/** The installation's hash key, under which secrets are stored. */
export function requireHashKey(): string {
  const { PIAOYAN_HASH_KEY: key } = parseConfig(CliConfig);
  if (key === undefined)
    throw new ConfigError(['PIAOYAN_HASH_KEY (or PIAOYAN_HASH_KEY_FILE) is required: the key that api and worker use']);
  return key;
}
