import type { Tx } from '@app/database';

/**
 * Goes on in the same transaction on behalf of one tenant after another, so that what concerns them all is written for each, or for none.
 * Only the owner knows all tenants.
 */
export async function inEachTenant(tx: Tx, tenantIds: readonly string[], work: (tx: Tx) => Promise<void>): Promise<void> {
  for (const tenantId of tenantIds) {
    await tx.manager.query(`select set_config('app.tenant', $1, true)`, [tenantId]);
    await work({ manager: tx.manager, tenant: { ...tx.tenant, tenantId } });
  }
}
