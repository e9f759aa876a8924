import { JOB_SCHEMA, PreparingClient } from '@app/database';
import { Logger } from '@nestjs/common';
import { type ConstructorOptions, PgBoss } from 'pg-boss';

const logger = new Logger('Queue');

/** pg-boss as a runtime role uses it: schema and queues were installed by the migration, and are never touched. */
export function createBoss(url: string, options: ConstructorOptions): PgBoss {
  // pg-boss hands its options to the pool, which takes the class of its connections from them.
  const pool = { connectionString: url, Client: PreparingClient };
  const boss = new PgBoss({ ...pool, schema: JOB_SCHEMA, migrate: false, createSchema: false, schedule: false, ...options });
  // Without a listener an `error` event would end the process. A lost connection heals: pg-boss goes on polling.
  boss.on('error', (error) => logger.error(`queue: ${error.message}`));
  boss.on('warning', ({ message }) => logger.warn(`queue: ${message}`));
  return boss;
}
