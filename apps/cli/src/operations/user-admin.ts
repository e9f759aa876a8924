import type { TenantContext } from '@app/database';
import { type Users, withUserAdmin } from '@app/identity';
import { Keyring } from '@app/keyring';
import { requireMasterKey } from './credential-admin';
import { operator, ownerAccess } from './tenant-admin';

/** Runs a piece of administration of a tenant's users as the owner role, told in the audit as the person at the keyboard. */
export async function asUserOperator<T>(tenantName: string, work: (users: Users, tenant: TenantContext) => Promise<T>): Promise<T> {
  const keyring = new Keyring(requireMasterKey());
  return withUserAdmin({ ...ownerAccess(), keyring, tenantName, actor: operator() }, work);
}
