import { escapeLiteral } from 'pg';
import type { TenantContext } from './tenant-context';
import type { Tx } from './tx';

/** Waits until no other transaction of the tenant holds the same words; held until this one ends. Free where it was begun with them. */
export async function serialize(tx: Tx, words: string): Promise<void> {
  if (tx.heldWords === words) return;
  await tx.manager.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [keyOf(tx.tenant, words)]);
}

/** The same as a statement without parameters, so that it travels with the begin of a transaction. */
export function serializing(tenant: TenantContext, words: string): string {
  return `select pg_advisory_xact_lock(hashtextextended(${escapeLiteral(keyOf(tenant, words))}, 0))`;
}

function keyOf({ tenantId }: TenantContext, words: string): string {
  return `${tenantId}/${words}`;
}
