import type { DataSource } from 'typeorm';
import { createDataSource } from './data-source';
import { protectTenantTable } from './tenant-table';
import { UnitOfWork } from './unit-of-work';
import type { TenantContext } from './tenant-context';
import { createTestDatabase, type TestDatabase } from '../../../test/support/test-database';

const tenant = (tenantId: string): TenantContext => ({ tenantId, actor: { type: 'worker', id: 'spec', name: 'spec' } });
const OURS = tenant('11111111-1111-4111-8111-111111111111');
const THEIRS = tenant('22222222-2222-4222-8222-222222222222');
const CURRENT = `nullif(current_setting('app.tenant'::text, true), ''::text)`;

describe('row security', () => {
  let database: TestDatabase;
  let owner: DataSource;
  let api: DataSource;
  beforeAll(async () => {
    database = await createTestDatabase();
    owner = await createDataSource({ url: database.ownerUrl, applicationName: 'spec-owner' }).initialize();
    // One connection, so that what a transaction leaves behind meets the next query.
    api = await createDataSource({ url: database.apiUrl, applicationName: 'spec-api', poolSize: 1 }).initialize();
    const runner = owner.createQueryRunner();
    await runner.query('create table note (id int, tenant_id uuid not null, text text, primary key (tenant_id, id))');
    await protectTenantTable(runner, 'note', { api: ['SELECT', 'INSERT', 'UPDATE', 'DELETE'] });
    await runner.release();
  });
  afterAll(async () => {
    await owner.destroy();
    await api.destroy();
    await database.drop();
  });
  beforeEach(async () => {
    await new UnitOfWork(owner).run(OURS, ({ manager }) => manager.query('delete from note'));
    await new UnitOfWork(api).run(OURS, ({ manager }) => manager.query(`insert into note values (1, $1, 'ours')`, [OURS.tenantId]));
  });

  it('shows a tenant its own rows and none of another', async () => {
    const read = (who: TenantContext) => new UnitOfWork(api).run(who, ({ manager }) => manager.query<unknown[]>('select text from note'));
    expect(await read(OURS)).toEqual([{ text: 'ours' }]);
    expect(await read(THEIRS)).toEqual([]);
  });

  it('shows nothing when the tenant was never set, and nothing when an ended transaction left an empty one', async () => {
    const fresh = await createDataSource({ url: database.apiUrl, applicationName: 'spec-fresh' }).initialize();
    expect(await fresh.query('select * from note')).toEqual([]);
    await fresh.destroy();
    await new UnitOfWork(api).run(OURS, ({ manager }) => manager.query('select 1'));
    expect(await api.query(`select current_setting('app.tenant', true) as left_behind`)).toEqual([{ left_behind: '' }]);
    expect(await api.query('select * from note')).toEqual([]);
  });

  it("refuses to write another tenant's row, with or without a context", async () => {
    const insert = `insert into note values (2, $1, 'forged')`;
    await expect(new UnitOfWork(api).run(OURS, ({ manager }) => manager.query(insert, [THEIRS.tenantId]))).rejects.toThrow(
      'row-level security',
    );
    await expect(api.query(insert, [THEIRS.tenantId])).rejects.toThrow('row-level security');
    await new UnitOfWork(api).run(THEIRS, ({ manager }) => manager.query(`update note set text = 'changed'`));
    await new UnitOfWork(api).run(THEIRS, ({ manager }) => manager.query(`delete from note`));
    expect(await new UnitOfWork(api).run(OURS, ({ manager }) => manager.query('select text from note'))).toEqual([{ text: 'ours' }]);
  });

  it('binds the owner too', async () => {
    expect(await owner.query('select * from note')).toEqual([]);
  });
});

/** Uniques across tenants, beside keys that are one UUID which the server makes. A duplicate would tell one tenant that another has the same: here it is a random value, or the operator's. */
const FOREIGN_UNIQUES: Readonly<Record<string, string>> = {
  api_key_hash_uq: 'keyed hash of 256 random bits',
  api_key_previous_hash_uq: 'the same, of the secret before',
  client_credential_public_id_uq: 'a dialect and a public id of random letters, which only the owner issues',
  tenant_name_uq: 'only the owner names tenants',
  user_session_token_hash_uq: 'keyed hash of a random token',
};

/** Functions that run as their owner, who passes no row security either, but for the policies that name it. */
const DEFINER_FUNCTIONS: Readonly<Record<string, string>> = {
  api_key_presented: 'a key, presented or signed with, arrives before its tenant is known',
  audit_remove: 'deletes rows of the current tenant that a signed record of a removal covers, and no others',
  audit_sealing_lag: 'how old the oldest unsealed entry of all tenants is: a count and a time',
  audit_tenants_to_seal: 'the sealer goes from tenant to tenant: ids alone',
  audited_tenants: 'the forwarder goes from tenant to tenant: ids alone',
  bill_day_fill: 'the daily limit of a bill counts across all tenants: a keyed hash, a day and a count, of no tenant',
  bill_day_give_back: 'the same limit',
  bill_day_left: 'the same limit',
  bill_day_take: 'the same limit',
  data_key_master_keys:
    'a process asks before it serves whether it holds the master keys that data keys were wrapped under; names of keys, none of their bytes',
  session_by_token_hash: 'a session arrives before its tenant is known',
  tenant_ids: 'retention goes from tenant to tenant: ids alone',
  tenant_for_sign_in: 'who signs in names their tenant before anything is known of them',
  client_credential_by_public_id: 'a drop-in client arrives before its tenant is known',
};

/** What a table with a tenant must have; the reasons are in libs/database/src/tenant-table.ts. */
describe('every table with a tenant', () => {
  let database: TestDatabase;
  let owner: DataSource;
  beforeAll(async () => {
    database = await createTestDatabase();
    owner = await createDataSource({ url: database.ownerUrl, applicationName: 'spec-owner' }).initialize();
  });
  afterAll(async () => {
    await owner.destroy();
    await database.drop();
  });

  interface Protection {
    table: string;
    enabled: boolean;
    forced: boolean;
    nullable: boolean;
    guarded: boolean;
    widened: number;
  }

  async function protections(): Promise<Protection[]> {
    return owner.query<Protection[]>(
      `select c.relname as table, c.relrowsecurity as enabled, c.relforcerowsecurity as forced, not a.attnotnull as nullable,
              exists (select from pg_policies p where p.tablename = c.relname and p.cmd = 'ALL' and p.roles = '{public}'
                      and lower(p.qual) = '(' || a.attname || ' = (' || $1 || ')::uuid)' and p.with_check = p.qual) as guarded,
              (select count(*)::int from pg_policies p where p.tablename = c.relname and p.permissive = 'PERMISSIVE'
                 and not (p.cmd = 'ALL' and p.roles = '{public}') and p.roles <> '{piaoyan_owner}') as widened
       from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid
       where n.nspname = 'public' and c.relkind in ('r', 'p') and (a.attname = 'tenant_id' or (c.relname = 'tenant' and a.attname = 'id'))
       order by 1`,
      [CURRENT.toLowerCase()],
    );
  }

  it('has row security enabled and forced, one policy for reads and writes, and none that widens it for a process', async () => {
    const found = await protections();
    expect(found.map((row) => row.table)).toEqual(expect.arrayContaining(['api_key', 'audit_entry', 'tenant']));
    for (const row of found) {
      expect(row).toEqual({ table: row.table, enabled: true, forced: true, nullable: false, guarded: true, widened: 0 });
    }
  });

  it('is found unprotected when a migration forgets', async () => {
    await owner.query('create table forgotten (tenant_id uuid not null primary key)');
    expect((await protections()).find((row) => row.table === 'forgotten')).toMatchObject({ enabled: false, forced: false, guarded: false });
    await owner.query('drop table forgotten');
  });

  it('tells no tenant of another by a unique: those that do not start with the tenant are listed, each with its reason', async () => {
    const found = await owner.query<{ name: string }[]>(
      `select i.relname as name from pg_index x join pg_class c on c.oid = x.indrelid join pg_class i on i.oid = x.indexrelid
       join pg_namespace n on n.oid = c.relnamespace join pg_attribute first on first.attrelid = c.oid and first.attnum = x.indkey[0]
       where n.nspname = 'public' and x.indisunique and c.relrowsecurity and first.attname <> 'tenant_id'
         and not (x.indisprimary and x.indnkeyatts = 1 and first.attname = 'id' and first.atttypid = 'uuid'::regtype) order by 1`,
    );
    expect(found.map(({ name }) => name)).toEqual(Object.keys(FOREIGN_UNIQUES).sort());
  });

  it('points only to rows of the same tenant: every key between tenant tables holds the tenant', async () => {
    const found = await owner.query<{ name: string }[]>(
      `select k.conname as name from pg_constraint k join pg_class a on a.oid = k.conrelid join pg_class b on b.oid = k.confrelid
       where k.contype = 'f' and a.relrowsecurity and b.relrowsecurity and b.relname <> 'tenant'
         and not exists (select from pg_attribute t where t.attrelid = a.oid and t.attname = 'tenant_id' and t.attnum = any (k.conkey))`,
    );
    expect(found).toEqual([]);
  });

  it('is passed by no function but those that are listed, each with its reason, a fixed path and no grant to all', async () => {
    const found = await owner.query<{ name: string; path: string[] | null; is_public: boolean }[]>(
      `select p.proname as name, p.proconfig as path, coalesce(p.proacl::text ~ '[{,]=X', true) as is_public
       from pg_proc p join pg_namespace n on n.oid = p.pronamespace where n.nspname = 'public' and p.prosecdef order by 1`,
    );
    expect(found.map(({ name }) => name)).toEqual(Object.keys(DEFINER_FUNCTIONS).sort());
    for (const { name, path, is_public: isPublic } of found) {
      expect({ name, path, isPublic }).toEqual({ name, path: ['search_path=pg_catalog, public, pg_temp'], isPublic: false });
    }
  });

  it("is judged by no function that takes the caller's own temporary table for one of ours", async () => {
    const found = await owner.query<unknown[]>(
      `select p.proname from pg_proc p join pg_namespace n on n.oid = p.pronamespace where n.nspname = 'public'
       and p.prosrc ~* '\\m(from|join|into|update)\\s+[a-z]'
       and p.proconfig is distinct from array['search_path=pg_catalog, public, pg_temp']`,
    );
    expect(found).toEqual([]);
  });

  it('is passed by no view: none runs with the rights of its owner', async () => {
    const views = await owner.query<unknown[]>(
      `select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'public' and c.relkind in ('v', 'm')
       and not coalesce(c.reloptions::text like '%security_invoker=true%', false)`,
    );
    expect(views).toEqual([]);
  });

  it('shows a runtime role nothing without a tenant, be it unset or empty', async () => {
    for (const url of [database.apiUrl, database.workerUrl]) {
      const role = await createDataSource({ url, applicationName: 'spec-runtime', poolSize: 1 }).initialize();
      await new UnitOfWork(role).run(OURS, () => Promise.resolve());
      for (const { table } of await protections()) {
        const found = await role.query<{ n: number }[]>(`select count(*)::int as n from ${table}`).catch((error: unknown) => String(error));
        expect([table, found]).toEqual([table, typeof found === 'string' ? expect.stringContaining('permission denied') : [{ n: 0 }]]);
      }
      await role.destroy();
    }
  });

  it('is bound by roles that can neither pass row security nor become the owner', async () => {
    const roles = await owner.query<unknown[]>(
      `select rolname from pg_roles where rolname like 'piaoyan_%' and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb)
       union all select m.member::regrole::text from pg_auth_members m where m.member::regrole::text in ('piaoyan_api', 'piaoyan_worker')`,
    );
    expect(roles).toEqual([]);
  });

  it('belongs to the owner, and no runtime role can change the schema', async () => {
    const owners = await owner.query<unknown[]>(`select distinct tableowner from pg_tables where schemaname in ('public', 'pgboss')`);
    expect(owners).toEqual([{ tableowner: 'piaoyan_owner' }]);
    const api = await createDataSource({ url: database.apiUrl, applicationName: 'spec-api' }).initialize();
    await expect(api.query('create table public.mine (id int)')).rejects.toThrow('permission denied for schema public');
    await expect(api.query('alter table tenant disable row level security')).rejects.toThrow('must be owner');
    await api.destroy();
  });
});
