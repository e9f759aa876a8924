import type { TenantContext } from '@app/database';
import { type SignInPolicies, type Users, withUserAdmin } from '@app/identity';
import { keyringAccess } from './keyring-access';
import { operator, ownerAccess } from './tenant-admin';

/** Runs a piece of administration of a tenant's users as the owner role, told in the audit as the person at the keyboard. */
export async function asUserOperator<T>(
  tenantName: string,
  work: (users: Users, tenant: TenantContext, policies: SignInPolicies) => Promise<T>,
): Promise<T> {
  return withUserAdmin({ ...ownerAccess(), ...keyringAccess(), tenantName, actor: operator() }, work);
}
