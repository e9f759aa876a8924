import { AuditEntry, AuditLog } from '@app/audit';
import { assertRoleIsBound, assertSchemaKnown, createDataSource, UnitOfWork } from '@app/database';
import type { DataSource } from 'typeorm';
import { ApiKey } from './api-keys/api-key.entity';
import { ApiKeyStore } from './api-keys/api-key.store';
import { ApiKeys, type ApiKeySettings, DEFAULT_API_KEY_SETTINGS } from './api-keys/api-keys.service';
import { SecretHash } from './api-keys/secret-hash';
import { TenantAdmin } from './tenant-admin.service';
import { Tenant } from './tenant.entity';
import { TenantStore } from './tenant.store';

/** Opens the database as its owner for one piece of administration, such as making a tenant at the command line. */
export async function withTenantAdmin<T>(
  options: { ownerUrl: string; hashKey: string; applicationName: string; apiKeys?: Partial<ApiKeySettings> },
  work: (admin: TenantAdmin) => Promise<T>,
): Promise<T> {
  const { ownerUrl: url, hashKey, applicationName } = options;
  const dataSource = await createDataSource({ url, applicationName, entities: [Tenant, ApiKey, AuditEntry], poolSize: 1 }).initialize();
  try {
    await assertRoleIsBound(dataSource);
    await assertSchemaKnown(dataSource);
    return await work(tenantAdmin(dataSource, hashKey, { ...DEFAULT_API_KEY_SETTINGS, ...options.apiKeys }));
  } finally {
    await dataSource.destroy();
  }
}

function tenantAdmin(dataSource: DataSource, hashKey: string, settings: ApiKeySettings): TenantAdmin {
  const unitOfWork = new UnitOfWork(dataSource);
  const audit = new AuditLog();
  const apiKeys = new ApiKeys(new ApiKeyStore(dataSource), audit, new SecretHash(hashKey), settings);
  return new TenantAdmin(unitOfWork, new TenantStore(dataSource), apiKeys, audit);
}
