import type { Actor, TenantContext } from '@app/database';
import type { EntityManager } from 'typeorm';
import { AuditLog, type AuditRecord } from '../audit-log';

/** Stands where a tenant's id stands, for acts that are no tenant's. The database lets no tenant have it. */
export const INSTALLATION_ID = '00000000-0000-0000-0000-000000000000';

/** For a transaction that is about the installation alone. */
export const installationContext = (actor: Actor): TenantContext => ({ tenantId: INSTALLATION_ID, actor });

const audit = new AuditLog();

/**
 * Appends to the installation's audit in a transaction that is under way, whoever's it is: no such act without its entry. What the
 * transaction does afterwards it does as its own tenant again.
 */
export async function appendForInstallation(manager: EntityManager, actor: Actor, record: AuditRecord): Promise<void> {
  const [row] = await manager.query<{ tenant: string | null }[]>(`select current_setting('app.tenant', true) as tenant`);
  await setTenant(manager, INSTALLATION_ID);
  await audit.append({ manager, tenant: installationContext(actor) }, record);
  await setTenant(manager, row?.tenant ?? '');
}

async function setTenant(manager: EntityManager, tenant: string): Promise<void> {
  await manager.query(`select set_config('app.tenant', $1, true)`, [tenant]);
}
