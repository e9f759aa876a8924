import type { Actor } from '@app/database';
import { type KeyringAdmin, withKeyringAdmin } from '@app/keyring';
import { keyringAccess } from './keyring-access';
import { requireOwnerUrl } from './owner-url';
import { SEALED_COLUMNS } from './sealed-columns';
import { operator } from './tenant-admin';

/** Runs a piece of administration of keys as the owner role, told in the audit as the person at the keyboard. */
export function asKeyOperator(work: (admin: KeyringAdmin, actor: Actor) => Promise<void>): Promise<void> {
  const options = { ...keyringAccess(), ownerUrl: requireOwnerUrl(), applicationName: 'piaoyan-cli', columns: SEALED_COLUMNS };
  return withKeyringAdmin(options, (admin) => work(admin, operator()));
}
