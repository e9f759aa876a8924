import { readFileSync } from 'node:fs';
import { WebhookTargets } from '@app/contracts';
import { Client } from 'pg';
import { ROUTES_FILE } from '../../apps/api/src/roles/roles-document';
import { type ApiBench, createApiBench } from '../support/api-bench';
import { createTestDatabase } from '../support/test-database';
import type { SecurityReport } from './security-report';
import { ownRows, storeCampaign } from './store/store-campaign';
import { plantRows, type TenantTable, tenantTables } from './store/tenant-tables';
import { mutateWalls } from './store/wall-mutations';
import { walkCallers } from './walk/callers';
import { mutateGuards } from './walk/guard-mutations';
import { makeResources, WEBHOOK_TARGET } from './walk/resources';
import { type ExpectedScopes, walkRoles } from './walk/role-walk';
import { type RouterEntry, type ServedRoute, servedRoutes } from './walk/served-route';
import { filledRoutes, walkOwn, walkTenants } from './walk/tenant-walk';

/** The walk of routes, roles and tenants, and the tries on the tables beneath. */
export async function runSecurity(): Promise<SecurityReport> {
  const walk = await walkApi();
  return { ...walk, store: await tryStores() };
}

/** What the reviewed list says that routes ask for. */
export function expectedScopes(): ExpectedScopes {
  return JSON.parse(readFileSync(ROUTES_FILE, 'utf8')) as ExpectedScopes;
}

async function walkApi(): Promise<Omit<SecurityReport, 'store'>> {
  const entries: RouterEntry[] = [];
  const bench = await createApiBench(
    { PIAOYAN_WEBHOOK_TARGETS: WebhookTargets.parse(new URL(WEBHOOK_TARGET).origin) },
    { onRoute: ({ method, url }) => void entries.push(...[method].flat().map((name) => ({ method: name, path: url }))) },
  );
  try {
    const routes = servedRoutes(bench.api, entries);
    return { routes, ...(await walkRoutes(bench, routes)) };
  } finally {
    await bench.close();
  }
}

async function walkRoutes(bench: ApiBench, all: readonly ServedRoute[]): Promise<Omit<SecurityReport, 'store' | 'routes'>> {
  const routes = all.filter(({ kind }) => kind === 'scope');
  const guarded = all.filter(({ kind }) => kind === 'scope' || kind === 'session');
  const expected = expectedScopes();
  const callers = walkCallers(bench);
  const roles = await walkRoles(bench, guarded, callers, expected);
  const guards = await mutateGuards(bench, routes, callers, expected);
  const filled = await filledRoutes(bench, routes, await makeResources(bench));
  const tenants = await walkTenants(bench, routes, filled);
  // The first wall alone, as on a database without row security: what the stores themselves ask for.
  await setRowSecurity(bench, 'disable');
  const firstWall = await walkTenants(bench, routes, filled);
  await setRowSecurity(bench, 'enable');
  const own = await walkOwn(bench, filled);
  return { callers: callers.length, filled: filled.length, roles, guards, tenants, firstWall, own };
}

async function setRowSecurity(bench: ApiBench, state: 'enable' | 'disable'): Promise<void> {
  const tables = await bench.rows<{ relname: string }>(`select relname from pg_class where relforcerowsecurity and relkind = 'r'`);
  for (const { relname } of tables) await bench.rows(`alter table ${relname} ${state} row level security`);
}

const OWNER = '019ab1c2-0000-7000-8000-00000000000a';
const STRANGER = '019ab1c2-0000-7000-8000-00000000000b';

async function tryStores(): Promise<SecurityReport['store']> {
  const database = await createTestDatabase();
  const superuser = new Client({ connectionString: database.superuserUrl });
  await superuser.connect();
  try {
    const tables = await tenantTables(superuser);
    await plantRows(superuser, tables, OWNER);
    const urls = { piaoyan_api: database.apiUrl, piaoyan_worker: database.workerUrl };
    const tenants = { owner: OWNER, stranger: STRANGER };
    const tries = await storeCampaign(urls, tables, tenants);
    return {
      tables: tables.map(nameOf),
      tries,
      own: await ownRows(urls, tables, OWNER),
      walls: await mutateWalls(superuser, urls, tables, tenants),
    };
  } finally {
    await superuser.end();
    await database.drop();
  }
}

const nameOf = ({ table }: TenantTable): string => table;
