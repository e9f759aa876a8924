import type { Tx } from '@app/database';

/** Tables whose rows outlive a tenant: what happened, and that something was erased. The database lets nobody change them. */
const KEPT = /^(audit_\w+|erasure_proof)$/;

/** A table of the tenant's, as the schema has it. */
export interface TenantTable {
  name: string;
  /** The column that says whose a row is: `id` of the tenant itself, else `tenant_id`. */
  tenantColumn: string;
  columns: string[];
  isKept: boolean;
}

/** Every table that has rows of tenants, those that refer to others before these; read from the schema, so that no new one is forgotten. */
export async function tenantTables({ manager }: Pick<Tx, 'manager'>): Promise<TenantTable[]> {
  const columns = await manager.query<{ table: string; column: string }[]>(
    `select c.relname as "table", a.attname as "column" from pg_class c join pg_attribute a on a.attrelid = c.oid
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition and a.attnum > 0 and not a.attisdropped
     order by c.relname, a.attnum`,
  );
  const references = await manager.query<{ from: string; to: string }[]>(
    `select f.relname as "from", t.relname as "to" from pg_constraint k join pg_class f on f.oid = k.conrelid
     join pg_class t on t.oid = k.confrelid where k.contype = 'f' and f.relnamespace = 'public'::regnamespace and f.oid <> t.oid`,
  );
  const tables = new Map<string, TenantTable>();
  for (const [name, own] of Map.groupBy(columns, ({ table }) => table)) {
    const names = own.map(({ column }) => column);
    const tenantColumn = name === 'tenant' ? 'id' : 'tenant_id';
    if (names.includes(tenantColumn)) tables.set(name, { name, tenantColumn, columns: names, isKept: KEPT.test(name) });
  }
  return inOrder(tables, references);
}

/** Whoever refers comes first. @throws RangeError for tables that refer to one another in a circle, which the schema does not have */
function inOrder(tables: ReadonlyMap<string, TenantTable>, references: readonly { from: string; to: string }[]): TenantTable[] {
  const left = new Map(tables);
  const ordered: TenantTable[] = [];
  while (left.size > 0) {
    const free = [...left.values()].filter(({ name }) => !references.some(({ from, to }) => to === name && left.has(from)));
    if (free.length === 0) throw new RangeError(`tables refer to one another in a circle: ${[...left.keys()].join(', ')}`);
    for (const table of free) {
      ordered.push(table);
      left.delete(table.name);
    }
  }
  return ordered;
}
