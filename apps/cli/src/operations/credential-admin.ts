import { userInfo } from 'node:os';
import type { Actor } from '@app/database';
import { type ClientCredentialAdmin, withClientCredentialAdmin } from '@app/tenancy';
import { keyringAccess } from './keyring-access';
import { requireOwnerUrl } from './owner-url';
import { requireHashKey } from './tenant-admin';

/** Runs a piece of administration of client credentials as the owner role, told in the audit as the person at the keyboard. */
export async function asCredentialOperator<T>(work: (admin: ClientCredentialAdmin, actor: Actor) => Promise<T>): Promise<T> {
  const { username } = userInfo();
  const options = {
    ownerUrl: requireOwnerUrl(),
    hashKey: requireHashKey(),
    ...keyringAccess(),
    applicationName: 'piaoyan-cli',
  };
  return withClientCredentialAdmin(options, (admin) => work(admin, { type: 'operator', id: username, name: username }));
}
