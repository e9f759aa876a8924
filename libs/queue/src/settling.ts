import { JOB_SCHEMA } from '@app/database';
import type { JobName } from '@app/contracts';
import { setTimeout as pause } from 'node:timers/promises';
import type { JobResult, PgBoss } from 'pg-boss';

/**
 * Tells the queue what became of jobs. Completed ones go together: while one statement is on its way, those that end meanwhile gather
 * for the next, so that many jobs share one round trip and one commit.
 */
export class Settling {
  private gathering: { ids: string[]; told: Promise<void> } | undefined;
  private underWay: Promise<void> | undefined;

  constructor(
    private readonly boss: PgBoss,
    private readonly name: JobName,
    /** How long the first of the completed waits for others. */
    private readonly gatherMs = 0,
  ) {}

  /** Rejects when the queue could not be told: the job's lease then runs out, and it is delivered again. */
  async settle(job: { id: string; retryCount: number }, result: JobResult): Promise<void> {
    if (result.status === 'completed') return this.complete(job.id);
    if (result.status === 'deadletter') await this.tryNoMore(job);
    await this.boss.fail(this.name, job.id, result.output as object | undefined);
  }

  private complete(id: string): Promise<void> {
    if (this.gathering === undefined) {
      const ids: string[] = [];
      this.gathering = { ids, told: this.tell(ids) };
      this.underWay = this.gathering.told;
    }
    this.gathering.ids.push(id);
    return this.gathering.told;
  }

  private async tell(ids: readonly string[]): Promise<void> {
    await this.underWay?.catch(() => undefined);
    if (this.gatherMs > 0) await pause(this.gatherMs);
    this.gathering = undefined;
    await this.boss.complete(this.name, [...ids]);
  }

  /** A job whose tries are used up goes to its dead-letter queue when it fails. */
  private async tryNoMore({ id, retryCount }: { id: string; retryCount: number }): Promise<void> {
    const text = `update ${JOB_SCHEMA}.job set retry_limit = $3 where name = $1 and id = $2 and state = 'active'`;
    await this.boss.getDb().executeSql(text, [this.name, id, retryCount]);
  }
}
