import { AuditEntry, AuditLog } from '@app/audit';
import { type Actor, assertRoleIsBound, assertSchemaKnown, createDataSource, type TenantContext, UnitOfWork } from '@app/database';
import { createKeyring, type KeyringOptions } from '@app/keyring';
import { Tenant, TenantNotFoundError } from '@app/tenancy';
import type { DataSource } from 'typeorm';
import { SYSTEM_CLOCK } from '../clock';
import { IDENTITY_ENTITIES } from '../entities';
import { createIdentity, type Identity } from '../identity';
import { DEFAULT_IDENTITY_SETTINGS } from '../identity-settings';
import type { SignInPolicies } from '../policy/sign-in-policies.service';
import type { Users } from '../users/users.service';

/** How the operator reaches the database, and the keys that the processes use. */
export interface UserAdminOptions extends KeyringOptions {
  ownerUrl: string;
  hashKey: string;
  applicationName: string;
  tenantName: string;
  actor: Actor;
}

/** Opens the database as its owner for one piece of administration of a tenant's users. @throws TenantNotFoundError */
export async function withUserAdmin<T>(
  options: UserAdminOptions,
  work: (users: Users, tenant: TenantContext, policies: SignInPolicies) => Promise<T>,
): Promise<T> {
  const { ownerUrl: url, applicationName, tenantName, actor } = options;
  const entities = [Tenant, AuditEntry, ...IDENTITY_ENTITIES];
  const dataSource = await createDataSource({ url, applicationName, entities, poolSize: 1 }).initialize();
  try {
    await assertRoleIsBound(dataSource);
    await assertSchemaKnown(dataSource);
    const tenant = await dataSource.manager.findOneBy(Tenant, { name: tenantName });
    if (!tenant) throw new TenantNotFoundError(tenantName);
    const { users, signInPolicies } = await identityOf(dataSource, options);
    return await work(users, { tenantId: tenant.id, actor }, signInPolicies);
  } finally {
    await dataSource.destroy();
  }
}

async function identityOf(dataSource: DataSource, options: UserAdminOptions): Promise<Identity> {
  const unitOfWork = new UnitOfWork(dataSource);
  const keyring = await createKeyring({ dataSource, unitOfWork }, options);
  const { hashKey } = options;
  const parts = { unitOfWork, audit: new AuditLog(), clock: SYSTEM_CLOCK, settings: DEFAULT_IDENTITY_SETTINGS, hashKey };
  return createIdentity(dataSource, keyring, parts);
}
