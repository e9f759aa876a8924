import type { Client } from 'pg';

/** A table whose rows belong to tenants, with what is needed to write a row that the database alone must judge. */
export interface TenantTable {
  table: string;
  tenantColumn: string;
  columns: readonly { name: string; type: string; isArray: boolean }[];
}

/** Every table with a tenant, as the database's catalogue has it. */
export async function tenantTables(superuser: Client): Promise<TenantTable[]> {
  const { rows } = await superuser.query<{ table_name: string; column_name: string; udt_name: string; data_type: string }>(
    `select c.table_name, c.column_name, c.udt_name, c.data_type from information_schema.columns c
     join information_schema.tables t using (table_schema, table_name)
     where c.table_schema = 'public' and t.table_type = 'BASE TABLE' and c.is_generated = 'NEVER' order by c.table_name, c.ordinal_position`,
  );
  const byTable = Map.groupBy(rows, (row) => row.table_name);
  return [...byTable].flatMap(([table, own]) => {
    const tenantColumn = table === 'tenant' ? 'id' : 'tenant_id';
    if (!own.some(({ column_name: name }) => name === tenantColumn)) return [];
    const columns = own.map(({ column_name: name, udt_name: type, data_type: kind }) => ({ name, type, isArray: kind === 'ARRAY' }));
    return [{ table, tenantColumn, columns }];
  });
}

const VALUES: Readonly<Record<string, string>> = {
  uuid: 'gen_random_uuid()',
  text: `'x'`,
  varchar: `'x'`,
  bytea: `'\\x00'`,
  json: `'{}'`,
  jsonb: `'{}'`,
  bool: 'false',
  date: `'2026-01-01'`,
  timestamptz: 'now()',
  inet: `'127.0.0.1'`,
};

/**
 * Gives a tenant one row of every table. Checks and keys to other tables are left out: the row shows who may reach it, not what it says.
 * For a database that is thrown away.
 */
export async function plantRows(superuser: Client, tables: readonly TenantTable[], tenantId: string): Promise<void> {
  await superuser.query(`set session_replication_role = 'replica'`);
  for (const { table, tenantColumn, columns } of tables) {
    const { rows } = await superuser.query<{ conname: string }>(
      `select conname from pg_constraint where conrelid = $1::regclass and contype = 'c'`,
      [table],
    );
    for (const { conname } of rows) await superuser.query(`alter table ${table} drop constraint "${conname}"`);
    const values = columns.map(({ name, type, isArray }) => (name === tenantColumn ? '$1' : isArray ? `'{}'` : (VALUES[type] ?? `'1'`)));
    const names = columns.map(({ name }) => `"${name}"`);
    await superuser.query(`insert into ${table} (${names.join(', ')}) overriding system value values (${values.join(', ')})`, [tenantId]);
  }
  await superuser.query(`set session_replication_role = 'origin'`);
}
