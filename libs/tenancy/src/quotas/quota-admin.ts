import { AuditEntry, AuditLog } from '@app/audit';
import { QuotaKind, QuotaLimits, type QuotasView } from '@app/contracts';
import { assertRoleIsBound, assertSchemaKnown, createDataSource, serialize, type TenantContext, UnitOfWork } from '@app/database';
import { Quotas } from './quotas.service';
import { QuotaStore } from './quota.store';

/** What an operator does with quotas. */
export interface QuotaAdmin {
  /** @throws RangeError where no tenant has the name */
  tenantIdOf(name: string): Promise<string>;
  standing(tenant: TenantContext): Promise<QuotasView>;
  /** Sets bounds, as a new version; what is not named stays. The same bounds again are the version that stands. */
  set(tenant: TenantContext, changes: Partial<QuotaLimits>): Promise<QuotasView>;
}

/** Opens the database as its owner for one piece of work on a tenant's quotas. */
export async function withQuotaAdmin<T>(
  { ownerUrl: url, applicationName }: { ownerUrl: string; applicationName: string },
  work: (admin: QuotaAdmin) => Promise<T>,
): Promise<T> {
  const dataSource = await createDataSource({ url, applicationName, entities: [AuditEntry], poolSize: 1 }).initialize();
  try {
    await assertRoleIsBound(dataSource);
    await assertSchemaKnown(dataSource);
    const unitOfWork = new UnitOfWork(dataSource);
    const quotas = new Quotas(unitOfWork, new QuotaStore());
    return await work({
      tenantIdOf: async (name) => {
        const [tenant] = await dataSource.query<{ id: string }[]>('select id from tenant where name = $1', [name]);
        if (tenant === undefined) throw new RangeError(`there is no tenant called "${name}", or this is not the database's owner role`);
        return tenant.id;
      },
      standing: (tenant) => quotas.standing(tenant),
      set: async (tenant, changes) => {
        await setQuotas(unitOfWork, tenant, changes);
        return quotas.standing(tenant);
      },
    });
  } finally {
    await dataSource.destroy();
  }
}

async function setQuotas(unitOfWork: UnitOfWork, tenant: TenantContext, changes: Partial<QuotaLimits>): Promise<void> {
  const [store, audit] = [new QuotaStore(), new AuditLog()];
  await unitOfWork.run(tenant, async (tx) => {
    await serialize(tx, 'tenant-quota');
    const standing = await store.rules(tx);
    const limits = QuotaLimits.parse({ ...standing.limits, ...changes });
    const changed = QuotaKind.options.filter((kind) => limits[kind] !== standing.limits[kind]);
    if (changed.length === 0) return;
    const version = standing.version + 1;
    await store.insert(tx, { version, limits, setAt: new Date() });
    const detail = { version, ...Object.fromEntries(changed.map((kind) => [kind, limits[kind]])) };
    await audit.append(tx, { action: 'quota.set', targetType: 'quota', targetId: String(version), detail });
  });
}
