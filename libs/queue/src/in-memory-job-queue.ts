import type { JobName, JobPayloads } from '@app/contracts';
import type { Tx } from '@app/database';
import { type JobOptions, JobQueue } from './job-queue';

/** One job as a test finds it. */
export interface EnqueuedJob {
  name: JobName;
  payload: JobPayloads[JobName];
  startAfterSeconds: number;
}

/** Remembers jobs instead of delivering them: for unit tests of services. It knows nothing of transactions. */
export class InMemoryJobQueue extends JobQueue {
  readonly jobs: EnqueuedJob[] = [];

  enqueue<N extends JobName>(_tx: Tx, name: N, payload: JobPayloads[N], options: JobOptions = {}): Promise<void> {
    this.jobs.push({ name, payload, startAfterSeconds: options.startAfterSeconds ?? 0 });
    return Promise.resolve();
  }
}
