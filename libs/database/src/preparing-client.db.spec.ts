import { Pool } from 'pg';
import type { DataSource } from 'typeorm';
import { createTestDatabase, type TestDatabase } from '../../../test/support/test-database';
import { createDataSource } from './data-source';
import { PreparingClient } from './preparing-client';
import type { TenantContext } from './tenant-context';
import { UnitOfWork } from './unit-of-work';

const TENANT: TenantContext = { tenantId: '11111111-1111-4111-8111-111111111111', actor: { type: 'worker', id: 'spec', name: 'spec' } };

describe('a connection of the product', () => {
  let database: TestDatabase;
  let owner: DataSource;
  beforeAll(async () => {
    database = await createTestDatabase();
    // One connection, so that what it keeps can be seen.
    owner = await createDataSource({ url: database.ownerUrl, applicationName: 'spec', poolSize: 1 }).initialize();
    await owner.query('create table fact (id int primary key, word text)');
  });
  afterAll(async () => {
    await owner.destroy();
    await database.drop();
  });

  const prepared = (text: string) =>
    owner.query<{ uses: string }[]>(`select generic_plans + custom_plans as uses from pg_prepared_statements where statement = '${text}'`);

  it('prepares a statement with parameters when it is asked again, and runs it by its name from then on', async () => {
    const text = 'insert into fact (id) values ($1)';
    await owner.query(text, [1]);
    expect(await prepared(text)).toEqual([]);
    for (const id of [2, 3]) await owner.query(text, [id]);
    expect(await prepared(text)).toEqual([{ uses: '2' }]);
  });

  it('does the same for a pool that is asked directly', async () => {
    const pool = new Pool({ connectionString: database.ownerUrl, max: 1, Client: PreparingClient });
    const text = 'select count(*) from fact where id < $1';
    for (const id of [0, 0, 0]) expect((await pool.query(text, [id])).rows).toEqual([{ count: '0' }]);
    const { rows } = await pool.query(
      `select generic_plans + custom_plans as uses from pg_prepared_statements where statement = '${text}'`,
    );
    await pool.end();
    expect(rows).toEqual([{ uses: '2' }]);
  });

  it('runs a prepared statement on when its table has changed', async () => {
    const read = () => owner.query('select word from fact where id = $1', [1]);
    for (const _ of [1, 2]) expect(await read()).toEqual([{ word: null }]);
    await owner.query(`alter table fact add column more text`);
    await owner.query(`update fact set word = 'a' where id = 1`);
    expect(await read()).toEqual([{ word: 'a' }]);
  });

  it('begins a transaction with its first statement, whether that has parameters or not', async () => {
    for (const [text, values] of [
      [`select pg_current_xact_id()::text as id, '4' as given`, undefined],
      ['select pg_current_xact_id()::text as id, $1::text as given', ['4']],
    ] as const) {
      const [first, second] = await owner.transaction(async (manager) => [
        await manager.query<{ id: string; given: string }[]>(text, values && [...values]),
        await manager.query<{ id: string }[]>('select pg_current_xact_id()::text as id'),
      ]);
      expect(first).toEqual([{ id: second[0]?.id, given: '4' }]);
    }
  });

  it('leaves nothing of a transaction whose first statement failed, and works on', async () => {
    const failing = owner.transaction(async (manager) => {
      await manager.query('insert into fact (id) values (1)');
    });
    await expect(failing).rejects.toThrow('duplicate key');
    expect(await owner.query('select pg_current_xact_id_if_assigned() as id')).toEqual([{ id: null }]);
    await owner.transaction(() => Promise.resolve());
    expect(await owner.query('select pg_current_xact_id_if_assigned() as id')).toEqual([{ id: null }]);
  });

  it('keeps the tenant to the transaction', async () => {
    const tenant = (run: { query: DataSource['query'] }) => run.query<{ id: string }[]>(`select current_setting('app.tenant', true) as id`);
    const within = await new UnitOfWork(owner).run(TENANT, ({ manager }) => tenant(manager));
    expect(within).toEqual([{ id: TENANT.tenantId }]);
    expect((await tenant(owner))[0]?.id ?? '').toBe('');
  });

  it('prepares nothing that is asked once, and no more statements without end', async () => {
    const count = async () =>
      (await owner.query<{ count: number }[]>('select count(*)::int as count from pg_prepared_statements'))[0]?.count ?? 0;
    const ask = async (times: number) => {
      for (let i = 0; i < times; i++) await owner.query(`select ${i} + $1::int`, [1]);
    };
    const before = await count();
    await ask(310);
    expect(await count()).toBe(before);
    await ask(310);
    expect(await count()).toBeLessThanOrEqual(300);
    expect(await count()).toBeGreaterThan(200);
  });
});
