import type { JobName, JobPayloads } from '@app/contracts';
import type { Tx } from '@app/database';
import type { PgBoss } from 'pg-boss';
import { JobQueue } from './job-queue';
import { insideTransaction } from './transaction-db';

/** Adds jobs on the caller's own connection, so that they commit or vanish with the caller's rows. */
export class PgBossJobQueue extends JobQueue {
  constructor(private readonly boss: PgBoss) {
    super();
  }

  async enqueue<N extends JobName>(tx: Tx, name: N, payload: JobPayloads[N], options: { startAfterSeconds?: number } = {}): Promise<void> {
    const startAfter = options.startAfterSeconds;
    await this.boss.send(name, payload, { db: insideTransaction(tx.manager), ...(startAfter === undefined ? {} : { startAfter }) });
  }
}
