import type { JobName, JobPayloads } from '@app/contracts';
import type { Tx } from '@app/database';
import type { PgBoss } from 'pg-boss';
import { type JobOptions, JobQueue } from './job-queue';
import { insideTransaction } from './transaction-db';

/** Adds jobs on the caller's own connection, so that they commit or vanish with the caller's rows. */
export class PgBossJobQueue extends JobQueue {
  constructor(private readonly boss: PgBoss) {
    super();
  }

  async enqueue<N extends JobName>(tx: Tx, name: N, payload: JobPayloads[N], options: JobOptions = {}): Promise<void> {
    const { startAfterSeconds: startAfter, priority } = options;
    await this.boss.send(name, payload, {
      db: insideTransaction(tx.manager),
      ...(startAfter === undefined ? {} : { startAfter }),
      ...(priority === undefined ? {} : { priority }),
    });
  }
}
