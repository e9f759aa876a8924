import type { JobName, JobPayloads } from '@app/contracts';
import type { Tx } from '@app/database';

/** When a job may begin, and which of several goes first: the higher priority, 0 unless told. */
export interface JobOptions {
  startAfterSeconds?: number;
  priority?: number;
}

/** Hands work to the worker. The job exists exactly when the caller's transaction commits. */
export abstract class JobQueue {
  abstract enqueue<N extends JobName>(tx: Tx, name: N, payload: JobPayloads[N], options?: JobOptions): Promise<void>;
}
