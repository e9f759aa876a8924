import { AuditEntry, AuditLog } from '@app/audit';
import { assertRoleIsBound, assertSchemaKnown, createDataSource, UnitOfWork } from '@app/database';
import type { DataSource } from 'typeorm';
import { ApiKey } from './api-key.entity';
import { ApiKeyStore } from './api-key.store';
import { ApiKeys } from './api-keys.service';
import { TenantAdmin } from './tenant-admin.service';
import { Tenant } from './tenant.entity';
import { TenantStore } from './tenant.store';

/** Opens the database as its owner for one piece of administration, such as making a tenant at the command line. */
export async function withTenantAdmin<T>(
  options: { ownerUrl: string; hashKey: string; applicationName: string },
  work: (admin: TenantAdmin) => Promise<T>,
): Promise<T> {
  const { ownerUrl: url, hashKey, applicationName } = options;
  const dataSource = await createDataSource({ url, applicationName, entities: [Tenant, ApiKey, AuditEntry], poolSize: 1 }).initialize();
  try {
    await assertRoleIsBound(dataSource);
    await assertSchemaKnown(dataSource);
    return await work(tenantAdmin(dataSource, hashKey));
  } finally {
    await dataSource.destroy();
  }
}

function tenantAdmin(dataSource: DataSource, hashKey: string): TenantAdmin {
  const unitOfWork = new UnitOfWork(dataSource);
  const audit = new AuditLog();
  const apiKeys = new ApiKeys(new ApiKeyStore(dataSource), unitOfWork, audit, hashKey);
  return new TenantAdmin(unitOfWork, new TenantStore(dataSource), apiKeys, audit);
}
