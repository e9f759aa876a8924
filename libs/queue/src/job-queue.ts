import type { JobName, JobPayloads } from '@app/contracts';
import type { Tx } from '@app/database';

/** Hands work to the worker. The job exists exactly when the caller's transaction commits. */
export abstract class JobQueue {
  abstract enqueue<N extends JobName>(tx: Tx, name: N, payload: JobPayloads[N], options?: { startAfterSeconds?: number }): Promise<void>;
}
