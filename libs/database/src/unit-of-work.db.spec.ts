import { ProblemError } from '@app/contracts';
import type { DataSource } from 'typeorm';
import { createDataSource } from './data-source';
import { DatabaseBusyError } from './database-busy.error';
import { serialize } from './serializing';
import type { TenantContext } from './tenant-context';
import type { Tx } from './tx';
import { UnitOfWork } from './unit-of-work';
import { eventually } from '../../../test/support/eventually';
import { createTestDatabase, type TestDatabase } from '../../../test/support/test-database';

const TENANT: TenantContext = { tenantId: '11111111-1111-4111-8111-111111111111', actor: { type: 'worker', id: 'spec', name: 'spec' } };

describe('UnitOfWork', () => {
  let database: TestDatabase;
  let owner: DataSource;
  beforeAll(async () => {
    database = await createTestDatabase();
    owner = await createDataSource({ url: database.ownerUrl, applicationName: 'spec' }).initialize();
    await owner.query('create table fact (id int primary key)');
  });
  afterAll(async () => {
    await owner.destroy();
    await database.drop();
  });

  it('commits all of the work, and none of it when the work throws', async () => {
    const work = new UnitOfWork(owner);
    await work.run(TENANT, ({ manager }) => manager.query('insert into fact values (1)'));
    const failing = work.run(TENANT, async ({ manager }) => {
      await manager.query('insert into fact values (2)');
      throw new RangeError('no');
    });
    await expect(failing).rejects.toThrow(RangeError);
    expect(await owner.query('select id from fact')).toEqual([{ id: 1 }]);
  });

  it('fails within the limit when another writer holds the lock, says so, and changes nothing', async () => {
    const holder = owner.createQueryRunner();
    await holder.startTransaction();
    await holder.query('lock table fact in access exclusive mode');
    const blocked = new UnitOfWork(owner, { lockTimeoutMs: 100, statementTimeoutMs: 10_000 });
    const failure: unknown = await blocked
      .run(TENANT, ({ manager }) => manager.query('insert into fact values (3)'))
      .catch((error: unknown) => error);
    await holder.rollbackTransaction();
    await holder.release();
    expect(failure).toBeInstanceOf(DatabaseBusyError);
    expect(failure).toBeInstanceOf(ProblemError);
    expect(failure).toMatchObject({
      status: 503,
      message: 'database lock not granted within 100 ms: request refused, nothing was changed',
    });
    expect(await owner.query('select 1 from fact where id = 3')).toEqual([]);
  });

  it('begins with words that no other transaction of the tenant holds, and then sees what the one before committed', async () => {
    const work = new UnitOfWork(owner);
    let [letGo, isHeld] = [(): void => undefined, (): void => undefined];
    const mayEnd = new Promise<void>((resolve) => (letGo = resolve));
    const held = new Promise<void>((resolve) => (isHeld = resolve));
    const first = work.run(TENANT, async (tx) => {
      await serialize(tx, 'bill/1');
      isHeld();
      await mayEnd;
      await tx.manager.query('insert into fact values (7)');
    });
    await held;
    const waiting = `select 1 from pg_locks where locktype = 'advisory' and not granted and database = (select oid from pg_database where datname = current_database())`;
    const read = ({ manager }: Tx): Promise<unknown[]> => manager.query('select id from fact where id = 7');
    expect(await work.run({ ...TENANT, tenantId: '22222222-2222-4222-8222-222222222222' }, read, 'bill/1')).toEqual([]);
    const second = work.run(TENANT, read, 'bill/1');
    await eventually(async () => (await owner.query<unknown[]>(waiting)).length === 1);
    letGo();
    await first;
    expect(await second).toEqual([{ id: 7 }]);
  });

  it('fails when a statement runs too long', async () => {
    const impatient = new UnitOfWork(owner, { lockTimeoutMs: 10_000, statementTimeoutMs: 50 });
    await expect(impatient.run(TENANT, ({ manager }) => manager.query('select pg_sleep(5)'))).rejects.toThrow(
      'database statement not granted within 50 ms',
    );
  });

  it('works again after the database has dropped every connection', async () => {
    const work = new UnitOfWork(owner);
    const superuser = await createDataSource({ url: database.superuserUrl, applicationName: 'spec-superuser' }).initialize();
    await superuser.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'spec' and datname = current_database()`,
    );
    await superuser.destroy();
    const rows = await eventually(() => work.run(TENANT, ({ manager }) => manager.query<unknown[]>('select 1 as one')).catch(() => null));
    expect(rows).toEqual([{ one: 1 }]);
  });
});
