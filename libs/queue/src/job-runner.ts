import type { JobName, JobPayloads } from '@app/contracts';
import { JOB_SCHEMA } from '@app/database';
import { Logger } from '@nestjs/common';
import type { Db, JobResult, JobWithMetadata } from 'pg-boss';
import type { Handles } from './job-handler';
import { PermanentJobError } from './permanent-job.error';

/** The process stopped before the handler was done. */
class JobInterruptedError extends Error {
  constructor() {
    super('interrupted by the stop of this process');
    this.name = 'JobInterruptedError';
  }
}

/** The handler took longer than the queue allows for one try. */
class JobOverdueError extends Error {
  constructor(seconds: number) {
    super(`not done within ${seconds} s`);
    this.name = 'JobOverdueError';
  }
}

/** How a stop reaches the jobs: first their handlers are asked to end, later they are left behind. */
export interface StopSignals {
  readonly interrupt: AbortSignal;
  readonly abandon: AbortSignal;
}

/** Delivers jobs of one name to their handler, and says what became of each. */
export class JobRunner {
  private readonly logger = new Logger('JobRunner');

  constructor(
    private readonly name: JobName,
    private readonly handler: Handles<JobName>,
    private readonly db: Db,
    private readonly stop: StopSignals,
  ) {}

  /** `overdue` fires when the job has had its time. */
  async run(job: JobWithMetadata<unknown>, overdue: AbortSignal): Promise<JobResult> {
    try {
      await unlessAborted(AbortSignal.any([this.stop.abandon, overdue]), this.deliver(job, overdue));
      return { id: job.id, status: 'completed' };
    } catch (error) {
      if (error instanceof PermanentJobError) return this.givenUp(job, error);
      if (overdue.aborted) return this.failed(job, new JobOverdueError(job.expireInSeconds));
      return this.stop.interrupt.aborted ? this.givenBack(job, error) : this.failed(job, error);
    }
  }

  private deliver(job: JobWithMetadata<unknown>, overdue: AbortSignal): Promise<void> {
    // What `enqueue` was given, by way of the database.
    const payload = job.data as JobPayloads[JobName];
    const signal = AbortSignal.any([overdue, this.stop.interrupt]);
    return this.handler.handle(payload, { id: job.id, attempt: job.retryCount + 1, signal });
  }

  private givenUp(job: JobWithMetadata<unknown>, error: PermanentJobError): JobResult {
    this.logger.error({ ...this.facts(job, error), msg: 'job cannot be done: moved to its dead-letter queue' });
    return { id: job.id, status: 'deadletter', output: { error: error.name, message: error.message } };
  }

  /** A stop is not the job's fault: the try that it cut short does not count. */
  private async givenBack(job: JobWithMetadata<unknown>, error: unknown): Promise<JobResult> {
    this.logger.warn({ ...this.facts(job, error), msg: 'job interrupted by the stop of this process: given back' });
    await this.db.executeSql(
      `update ${JOB_SCHEMA}.job set retry_limit = retry_limit + 1 where name = $1 and id = $2 and state = 'active'`,
      [this.name, job.id],
    );
    return { id: job.id, status: 'failed', output: { error: 'JobInterruptedError' } };
  }

  /** Messages of unforeseen errors may hold values of rows, so the job keeps only the error's name; the log keeps the rest. */
  private failed(job: JobWithMetadata<unknown>, error: unknown): JobResult {
    const facts = this.facts(job, error);
    if (job.retryCount < job.retryLimit) this.logger.warn({ ...facts, msg: 'job failed: it will be tried again' });
    else this.logger.error({ ...facts, msg: 'job failed for the last time: moved to its dead-letter queue' });
    return { id: job.id, status: 'failed', output: { error: error instanceof Error ? error.name : typeof error } };
  }

  private facts(job: JobWithMetadata<unknown>, err: unknown) {
    return { job: this.name, jobId: job.id, attempt: job.retryCount + 1, tries: job.retryLimit + 1, err };
  }
}

/** Settles as `work` does, or rejects as soon as the signal fires; a failure of `work` after that concerns no one any more. */
async function unlessAborted(signal: AbortSignal, work: Promise<void>): Promise<void> {
  let leave: (() => void) | undefined;
  const aborted = new Promise<never>((_resolve, reject) => {
    leave = () => reject(new JobInterruptedError());
    signal.addEventListener('abort', leave);
  });
  try {
    await Promise.race([work, aborted]);
  } finally {
    if (leave) signal.removeEventListener('abort', leave);
  }
}
