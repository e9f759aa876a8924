import type { JobName } from '@app/contracts';
import type { DynamicModule } from '@nestjs/common';

/** Where the queue lives: the process's own database URL. */
export interface QueueProducerOptions {
  url: string;
}

/** Which jobs this worker runs, and how many of each at once (1 unless told). */
export interface QueueWorkerOptions extends QueueProducerOptions {
  queues: readonly JobName[];
  concurrency?: Partial<Record<JobName, number>>;
  /** How long a stop waits for running jobs before it gives them back. */
  stopTimeoutMs?: number;
}

/** Provides `JobQueue`, globally; in the worker it also runs the handlers. */
export class QueueModule {
  static forProducer(_options: QueueProducerOptions): DynamicModule {
    return { module: QueueModule, global: true };
  }

  static forWorker(_options: QueueWorkerOptions): DynamicModule {
    return { module: QueueModule, global: true };
  }
}
