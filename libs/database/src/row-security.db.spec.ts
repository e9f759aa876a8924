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

  it('belongs to the owner, and no runtime role can change the schema', async () => {
    const owners = await owner.query<unknown[]>(`select distinct tableowner from pg_tables where schemaname in ('public', 'pgboss')`);
    expect(owners).toEqual([{ tableowner: 'piaoyan_owner' }]);
    const api = await createDataSource({ url: database.apiUrl, applicationName: 'spec-api' }).initialize();
    await expect(api.query('create table public.mine (id int)')).rejects.toThrow('permission denied for schema public');
    await expect(api.query('alter table tenant disable row level security')).rejects.toThrow('must be owner');
    await api.destroy();
  });
});
