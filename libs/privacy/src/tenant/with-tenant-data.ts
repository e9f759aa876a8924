import { AuditEntry, AuditLog } from '@app/audit';
import { assertRoleIsBound, assertSchemaKnown, createDataSource, UnitOfWork } from '@app/database';
import { createKeyring, type Keyring, type KeyringOptions } from '@app/keyring';
import type { ObjectStore } from '@app/storage';
import type { DataSource } from 'typeorm';
import { LegalHoldStore } from '../retention/legal-hold.store';
import type { CertificateSigner } from './erasure-certificate';
import { TenantErasure } from './tenant-erasure';
import { TenantErasureError } from './tenant-erasure.error';
import { TenantExport } from './tenant-export';

/** All rows of a tenant in one transaction take their time. */
const LIMITS = { lockTimeoutMs: 10_000, statementTimeoutMs: 3_600_000 };

/** How the owner's database and the object store are reached. */
export interface TenantDataOptions {
  ownerUrl: string;
  applicationName: string;
  objects: ObjectStore;
  keys: KeyringOptions;
}

/** What an operator does with all of a tenant's data. */
export interface TenantData {
  tenantCalled(name: string): Promise<{ id: string; name: string }>;
  exporting: TenantExport;
  erasing(signer: CertificateSigner): TenantErasure;
}

/** Opens the database as its owner for one piece of work on all of a tenant. */
export async function withTenantData<T>(options: TenantDataOptions, work: (data: TenantData) => Promise<T>): Promise<T> {
  const { ownerUrl: url, applicationName } = options;
  const dataSource = await createDataSource({ url, applicationName, entities: [AuditEntry], poolSize: 1 }).initialize();
  try {
    await assertRoleIsBound(dataSource);
    await assertSchemaKnown(dataSource);
    const unitOfWork = new UnitOfWork(dataSource, LIMITS);
    const keyring = await createKeyring({ dataSource, unitOfWork }, options.keys);
    return await work(tenantData(dataSource, { unitOfWork, keyring, objects: options.objects }));
  } finally {
    await dataSource.destroy();
  }
}

function tenantData(dataSource: DataSource, parts: { unitOfWork: UnitOfWork; keyring: Keyring; objects: ObjectStore }): TenantData {
  const shared = { ...parts, audit: new AuditLog(), now: () => new Date() };
  return {
    async tenantCalled(name) {
      const [tenant] = await dataSource.query<{ id: string; name: string }[]>('select id, name from tenant where name = $1', [name]);
      if (tenant === undefined) throw new TenantErasureError(`there is no tenant called "${name}"`);
      return tenant;
    },
    exporting: new TenantExport(shared),
    erasing: (signer) => new TenantErasure({ ...shared, signer, holds: new LegalHoldStore() }),
  };
}
