import { createHash } from 'node:crypto';
import type { Tx } from '@app/database';

/** What of a tenant the erasure of all of it is measured by. */
const COUNTED = ['receipt', 'verification', 'bill', 'verification_batch', 'user_account', 'legal_hold'] as const;

/** How many records of each kind a tenant has, and a hash that any new or missing one changes. */
export interface TenantInventory {
  records: Record<string, number>;
  /** SHA-256 over counts and newest ids, in hex. */
  foundHash: string;
}

/** What a tenant holds now. Ids are UUIDv7: with its count, the newest says whether anything came or went. */
export async function tenantInventory(tx: Tx): Promise<TenantInventory> {
  const records: Record<string, number> = {};
  const found: unknown[] = [];
  for (const table of COUNTED) {
    const [row] = await tx.manager.query<{ count: number; newest: string | null }[]>(
      `select count(*)::int as count, (select id from ${table} where tenant_id = $1 order by id desc limit 1) as newest
       from ${table} where tenant_id = $1`,
      [tx.tenant.tenantId],
    );
    records[table] = row?.count ?? 0;
    found.push([table, records[table], row?.newest ?? null]);
  }
  return { records, foundHash: createHash('sha256').update(JSON.stringify(found)).digest('hex') };
}
