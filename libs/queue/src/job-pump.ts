import type { JobName } from '@app/contracts';
import { Logger } from '@nestjs/common';
import type { JobResult, JobWithMetadata, PgBoss } from 'pg-boss';
import type { JobRunner } from './job-runner';
import { Settling } from './settling';
import { Waking } from './waking';

/** Without a notification jobs are looked for this often: what comes due later, what is tried again, what was not heard of. */
const POLL_MS = 1_000;
/** Well within the lease of 10 s, so that one late renewal loses nothing. */
const RENEW_MS = 4_000;
/** Between two looks while jobs keep coming: those that come within so little time share one. */
const SPACING_MS = 4;
/** Nobody waits for a job to be completed but its place; where there are several, the completed share a commit, and those freed a look. */
const GATHER_MS = 20;

/**
 * Takes jobs of one name from the queue, as many as there are free places, and gives each place to the next job as soon as its own has
 * ended: a slow job holds up nobody, and a long queue is worked off without a pause.
 */
export class JobPump {
  private readonly logger = new Logger('JobPump');
  private readonly running = new Map<string, Promise<void>>();
  private readonly settling: Settling;
  private readonly waking = new Waking();
  private isStopping = false;
  /** The last look found as many jobs as there were places: there may be more. */
  private mayBeMore = false;
  private pumping = Promise.resolve();
  private renewing: NodeJS.Timeout | undefined;

  constructor(
    private readonly boss: PgBoss,
    private readonly name: JobName,
    private readonly runner: JobRunner,
    private readonly places: number,
  ) {
    this.settling = new Settling(boss, name, places > 1 ? GATHER_MS : 0);
  }

  start(): void {
    this.renewing = setInterval(() => void this.renew(), RENEW_MS);
    this.pumping = this.pump();
  }

  /** There may be a job now. */
  wake(): void {
    this.waking.wake();
  }

  /** Takes no more jobs; resolves when those that run have ended and the queue was told. */
  async stop(): Promise<void> {
    this.isStopping = true;
    this.waking.wake();
    await this.pumping;
    await Promise.all(this.running.values());
    clearInterval(this.renewing);
  }

  private async pump(): Promise<void> {
    while (!this.isStopping) {
      const free = this.places - this.running.size;
      const jobs = free === 0 ? [] : await this.fetch(free);
      this.mayBeMore = jobs.length === free;
      for (const job of jobs) this.begin(job);
      const looksAgain = this.mayBeMore && this.running.size < this.places;
      await this.waking.after(SPACING_MS, looksAgain ? 0 : POLL_MS);
    }
  }

  private async fetch(batchSize: number): Promise<JobWithMetadata<unknown>[]> {
    try {
      return await this.boss.fetch(this.name, { batchSize, includeMetadata: true });
    } catch (error) {
      // A database that is away comes back; until then the look is repeated with each poll.
      this.logger.error({ job: this.name, err: error, msg: 'no jobs could be taken: the queue is asked again' });
      return [];
    }
  }

  private begin(job: JobWithMetadata<unknown>): void {
    const ended = this.deliver(job).finally(() => {
      this.running.delete(job.id);
      if (this.mayBeMore) this.waking.wake();
    });
    this.running.set(job.id, ended);
  }

  private async deliver(job: JobWithMetadata<unknown>): Promise<void> {
    try {
      await this.settling.settle(job, await this.withinItsTime(job));
    } catch (error) {
      this.logger.error({
        job: this.name,
        jobId: job.id,
        err: error,
        msg: 'the queue could not be told how a job ended: it is delivered again',
      });
    }
  }

  /** The handler's result, or a failure when it takes longer than the queue allows; the handler is told then. */
  private async withinItsTime(job: JobWithMetadata<unknown>): Promise<JobResult> {
    const taken = new AbortController();
    const limit = setTimeout(() => taken.abort(), job.expireInSeconds * 1_000);
    try {
      return await this.runner.run(job, taken.signal);
    } finally {
      clearTimeout(limit);
    }
  }

  private async renew(): Promise<void> {
    const ids = [...this.running.keys()];
    if (ids.length === 0) return;
    await this.boss.touch(this.name, ids).catch((error: unknown) => {
      this.logger.warn({ job: this.name, err: error, msg: 'leases could not be renewed: tried again shortly' });
    });
  }
}
