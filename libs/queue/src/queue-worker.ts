import type { JobName } from '@app/contracts';
import { type BeforeApplicationShutdown, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import type { PgBoss } from 'pg-boss';
import type { HandlerRegistry } from './handler-registry';
import type { Handles } from './job-handler';
import { JobRunner } from './job-runner';

/** Which jobs this worker runs, how many of each at once (1 unless told), and how long a stop waits before it interrupts them. */
export interface QueueWorkerSettings {
  queues: readonly JobName[];
  concurrency?: Partial<Record<JobName, number>>;
  stopTimeoutMs?: number;
}

const DEFAULT_STOP_TIMEOUT_MS = 20_000;
/** Time for a handler to notice that it was interrupted, before its job is handed on without it. */
const INTERRUPT_GRACE_MS = 2_000;
/** A notification is only a hint: one that is lost costs up to this much latency, never a job. */
const POLL_SECONDS = 1;
/** Well within the lease of 10 s, so that one late renewal loses nothing. */
const HEARTBEAT_SECONDS = 4;

/** Takes jobs from the queue and runs their handlers, from the bootstrap to the shutdown of the process. */
export class QueueWorker implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('QueueWorker');
  private readonly interrupt = new AbortController();
  private readonly abandon = new AbortController();

  constructor(
    private readonly boss: PgBoss,
    private readonly registry: HandlerRegistry,
    private readonly settings: QueueWorkerSettings,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const handlers = this.registry.handlersFor(this.settings.queues);
    for (const [name, handler] of handlers) await this.take(name, handler);
    this.logger.log(`taking jobs: ${this.settings.queues.join(', ')}`);
  }

  /** Takes no more work, waits for what is running, and gives back what does not end in time. */
  async beforeApplicationShutdown(): Promise<void> {
    const ended = Promise.all(this.settings.queues.map((name) => this.boss.offWork(name)));
    await endsWithin(ended, this.settings.stopTimeoutMs ?? DEFAULT_STOP_TIMEOUT_MS);
    this.interrupt.abort();
    await endsWithin(ended, INTERRUPT_GRACE_MS);
    this.abandon.abort();
    await ended;
  }

  private async take(name: JobName, handler: Handles<JobName>): Promise<void> {
    const runner = new JobRunner(name, handler, this.boss.getDb(), { interrupt: this.interrupt.signal, abandon: this.abandon.signal });
    const options = {
      includeMetadata: true,
      perJobResults: true,
      localConcurrency: this.settings.concurrency?.[name] ?? 1,
      pollingIntervalSeconds: POLL_SECONDS,
      notifyPollingIntervalSeconds: POLL_SECONDS,
      heartbeatRefreshSeconds: HEARTBEAT_SECONDS,
    } as const;
    await this.boss.work(name, options, (jobs) => Promise.all(jobs.map((job) => runner.run(job))));
  }
}

async function endsWithin(work: Promise<unknown>, limitMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<void>((resolve) => (timer = setTimeout(resolve, limitMs)));
  await Promise.race([work, limit]);
  clearTimeout(timer);
}
