import type { DataSource } from 'typeorm';
import { createDataSource, MIGRATION_TABLE } from './data-source';
import { installJobQueues } from './job-queues';
import { SchemaError } from './schema.error';

/** Where the schema is, as its owner, and where progress is told. */
export interface MigrateOptions {
  ownerUrl: string;
  log?: (line: string) => void;
}

// Any constant will do, as long as every release uses the same: it spells "piaoyan" on a telephone's keys.
const LOCK_KEY = 7_426_926;
const OWNER = 'piaoyan_owner';

/** Brings the schema and the job queues to this release, as the owner role and under an advisory lock. Two at once: one works, the other waits. */
export async function migrate(options: MigrateOptions): Promise<{ applied: string[] }> {
  const log = options.log ?? (() => undefined);
  const dataSource = await createDataSource({ url: options.ownerUrl, applicationName: 'piaoyan-migrate', poolSize: 2 }).initialize();
  try {
    await assertRoles(dataSource);
    return await underLock(dataSource, log, async () => {
      const applied = (await dataSource.runMigrations({ transaction: 'each' })).map((migration) => migration.name);
      for (const name of applied) log(`applied ${name}`);
      await dataSource.query(`GRANT SELECT ON ${MIGRATION_TABLE} TO piaoyan_api, piaoyan_worker`);
      await installJobQueues(options.ownerUrl, dataSource);
      log(applied.length === 0 ? 'the schema is up to date' : `${applied.length} migrations applied`);
      return { applied };
    });
  } finally {
    await dataSource.destroy();
  }
}

/** Tables made by any other role would be owned by it, and row security and grants would not be what the processes rely on. */
async function assertRoles(dataSource: DataSource): Promise<void> {
  const rows = await dataSource.query<{ me: string; roles: number }[]>(
    `select current_user as me, (select count(*)::int from pg_roles where rolname in ('piaoyan_api', 'piaoyan_worker')) as roles`,
  );
  if (rows[0]?.me !== OWNER)
    throw new SchemaError(`migrations run as ${OWNER}, not as ${rows[0]?.me ?? 'an unknown role'}: connect with the owner's URL`);
  if (rows[0].roles !== 2)
    throw new SchemaError(
      'the roles piaoyan_api and piaoyan_worker do not exist yet: a database administrator runs deploy/sql/roles.sql first',
    );
}

/** A session lock on a connection of its own: it is gone when the migrator dies, however it dies. */
async function underLock<T>(dataSource: DataSource, log: (line: string) => void, work: () => Promise<T>): Promise<T> {
  const runner = dataSource.createQueryRunner();
  try {
    const rows = (await runner.query(`select pg_try_advisory_lock($1) as locked`, [LOCK_KEY])) as { locked: boolean }[];
    if (!rows[0]?.locked) {
      log('another migration is running: waiting for it to end');
      await runner.query(`select pg_advisory_lock($1)`, [LOCK_KEY]);
    }
    try {
      return await work();
    } finally {
      await runner.query(`select pg_advisory_unlock($1)`, [LOCK_KEY]);
    }
  } finally {
    await runner.release();
  }
}
