import { Client, DatabaseError, escapeLiteral } from 'pg';
import type { TenantTable } from './tenant-tables';

/** The tenant of a transaction: the row's own, another one, none, or what PostgreSQL leaves behind after an ended transaction. */
export type TenantSetting = 'own' | 'foreign' | 'unset' | 'empty';
export type StoreAct = 'select' | 'insert' | 'update' | 'delete' | 'move';

/** One try of a runtime role on a table. */
export interface StoreTry {
  table: string;
  role: string;
  setting: TenantSetting;
  act: StoreAct;
  /** Rows that were reached, or the SQLSTATE of the refusal. */
  outcome: number | string;
  /** It was refused, or reached nothing, where it had to. */
  isHeld: boolean;
}

const REFUSED = '42501';

/**
 * Tries to read, write, change and remove a tenant's row as each runtime role under another tenant's, an empty and no setting; and to move
 * it to another tenant under its own. Whatever was done is rolled back.
 */
export async function storeCampaign(
  urls: Readonly<Record<string, string>>,
  tables: readonly TenantTable[],
  tenants: { owner: string; stranger: string },
  settings: readonly ('foreign' | 'unset' | 'empty')[] = ['foreign', 'unset', 'empty'],
): Promise<StoreTry[]> {
  const tries: StoreTry[] = [];
  for (const [role, connectionString] of Object.entries(urls)) {
    const client = new Client({ connectionString });
    await client.connect();
    try {
      for (const table of tables) tries.push(...(await tryTable(client, role, table, tenants, settings)));
    } finally {
      await client.end();
    }
  }
  return tries;
}

async function tryTable(
  client: Client,
  role: string,
  table: TenantTable,
  tenants: { owner: string; stranger: string },
  settings: readonly TenantSetting[],
): Promise<StoreTry[]> {
  const tries: StoreTry[] = [];
  const add = (setting: TenantSetting, act: StoreAct, outcome: number | string): void =>
    void tries.push({ table: table.table, role, setting, act, outcome, isHeld: outcome === 0 || outcome === REFUSED });
  const column = await updatableColumn(client, table.table);
  for (const setting of settings) {
    for (const [act, sql] of statements(table, column)) add(setting, act, await outcomeOf(client, setting, tenants, sql));
  }
  const move = `update ${table.table} set ${table.tenantColumn} = '${tenants.stranger}'`;
  add('own', 'move', await outcomeOf(client, 'own', tenants, move));
  return tries;
}

function statements({ table, tenantColumn }: TenantTable, column: string | null): [StoreAct, string][] {
  return [
    ['select', `select 1 from ${table}`],
    ['insert', `insert into ${table} (${tenantColumn}) values ($owner)`],
    ['update', `update ${table} set ${column ?? tenantColumn} = ${column ?? tenantColumn}`],
    ['delete', `delete from ${table}`],
  ];
}

/** A column that the role may change at all: a refusal for lack of any privilege would say nothing of the tenant. */
async function updatableColumn(client: Client, table: string): Promise<string | null> {
  const { rows } = await client.query<{ column_name: string }>(
    `select column_name from information_schema.column_privileges
     where table_schema = 'public' and table_name = $1 and privilege_type = 'UPDATE' and grantee = current_user order by 1 limit 1`,
    [table],
  );
  return rows[0]?.column_name ?? null;
}

async function outcomeOf(
  client: Client,
  setting: TenantSetting,
  { owner, stranger }: { owner: string; stranger: string },
  sql: string,
): Promise<number | string> {
  const value = { own: owner, foreign: stranger, empty: '', unset: null }[setting];
  await client.query(`begin; ${value === null ? 'reset app.tenant' : `select set_config('app.tenant', ${escapeLiteral(value)}, true)`}`);
  try {
    return (await client.query(sql.replace('$owner', `'${owner}'`))).rowCount ?? 0;
  } catch (error) {
    if (error instanceof DatabaseError) return error.code ?? 'error';
    throw error;
  } finally {
    await client.query('rollback');
  }
}

/** Rows of its own tenant that each role reaches: without them, that a stranger reaches none would say nothing. */
export async function ownRows(
  urls: Readonly<Record<string, string>>,
  tables: readonly TenantTable[],
  owner: string,
): Promise<Map<string, number | string>> {
  const found = new Map<string, number | string>();
  for (const [role, connectionString] of Object.entries(urls)) {
    const client = new Client({ connectionString });
    await client.connect();
    try {
      for (const { table } of tables)
        found.set(`${role} ${table}`, await outcomeOf(client, 'own', { owner, stranger: owner }, `select 1 from ${table}`));
    } finally {
      await client.end();
    }
  }
  return found;
}
