import type { Client } from 'pg';
import { storeCampaign } from './store-campaign';
import type { TenantTable } from './tenant-tables';

/** A wall between tenants that was taken down on purpose, and whether the campaign saw it. */
export interface WallMutation {
  table: string;
  change: 'row security off' | 'another policy';
  isSeen: boolean;
}

/** Takes down the wall of one table after the other, each in several ways, and lets the campaign look for it. */
export async function mutateWalls(
  superuser: Client,
  urls: Readonly<Record<string, string>>,
  tables: readonly TenantTable[],
  tenants: { owner: string; stranger: string },
): Promise<WallMutation[]> {
  const mutations: WallMutation[] = [];
  for (const table of tables) {
    const reached = urlsWithGrants(urls, await grantsOf(superuser, table.table));
    const ways: [WallMutation['change'], string, string][] = [
      ['row security off', `alter table ${table.table} disable row level security`, `alter table ${table.table} enable row level security`],
      ['another policy', `create policy wide on ${table.table} for all using (true)`, `drop policy wide on ${table.table}`],
    ];
    for (const [change, down, up] of ways) {
      await superuser.query(down);
      const tries = await storeCampaign(reached, [table], tenants, ['foreign']);
      await superuser.query(up);
      mutations.push({ table: table.table, change, isSeen: tries.some(({ isHeld }) => !isHeld) });
    }
  }
  return mutations;
}

async function grantsOf(superuser: Client, table: string): Promise<Set<string>> {
  const { rows } = await superuser.query<{ grantee: string }>(
    `select distinct grantee from information_schema.role_table_grants where table_schema = 'public' and table_name = $1`,
    [table],
  );
  return new Set(rows.map(({ grantee }) => grantee));
}

/** A role that may do nothing with a table at all cannot tell whether its wall stands. */
function urlsWithGrants(urls: Readonly<Record<string, string>>, grantees: ReadonlySet<string>): Record<string, string> {
  return Object.fromEntries(Object.entries(urls).filter(([role]) => grantees.has(role)));
}
