import type { JobName } from '@app/contracts';
import { NotificationListener } from '@app/database';
import { type BeforeApplicationShutdown, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import type { PgBoss } from 'pg-boss';
import { jobChannel } from './job-channel';
import type { HandlerRegistry } from './handler-registry';
import { JobPump } from './job-pump';
import { JobRunner } from './job-runner';

/** Which jobs this worker runs, how many of each at once (1 unless told), and how long a stop waits before it interrupts them. */
export interface QueueWorkerSettings {
  /** The process's own database URL. */
  url: string;
  queues: readonly JobName[];
  concurrency?: Partial<Record<JobName, number>>;
  stopTimeoutMs?: number;
}

const DEFAULT_STOP_TIMEOUT_MS = 20_000;
/** Time for a handler to notice that it was interrupted, before its job is handed on without it. */
const INTERRUPT_GRACE_MS = 2_000;

/** Takes jobs from the queue and runs their handlers, from the bootstrap to the shutdown of the process. */
export class QueueWorker implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('QueueWorker');
  private readonly interrupt = new AbortController();
  private readonly abandon = new AbortController();
  private readonly pumps = new Map<string, JobPump>();
  private readonly listener: NotificationListener;

  constructor(
    private readonly boss: PgBoss,
    private readonly registry: HandlerRegistry,
    private readonly settings: QueueWorkerSettings,
  ) {
    this.listener = new NotificationListener({
      url: settings.url,
      applicationName: 'piaoyan-queue',
      channel: jobChannel(),
      onNotification: (name) => this.pumps.get(name)?.wake(),
      onListening: () => this.wakeAll(),
    });
  }

  async onApplicationBootstrap(): Promise<void> {
    const stop = { interrupt: this.interrupt.signal, abandon: this.abandon.signal };
    for (const [name, handler] of this.registry.handlersFor(this.settings.queues)) {
      const runner = new JobRunner(name, handler, this.boss.getDb(), stop);
      this.pumps.set(name, new JobPump(this.boss, name, runner, this.settings.concurrency?.[name] ?? 1));
    }
    for (const pump of this.pumps.values()) pump.start();
    await this.listener.start();
    this.logger.log(`taking jobs: ${this.settings.queues.join(', ')}`);
  }

  /** Takes no more work, waits for what is running, and gives back what does not end in time. */
  async beforeApplicationShutdown(): Promise<void> {
    const ended = Promise.all([...this.pumps.values()].map((pump) => pump.stop()));
    await endsWithin(ended, this.settings.stopTimeoutMs ?? DEFAULT_STOP_TIMEOUT_MS);
    this.interrupt.abort();
    await endsWithin(ended, INTERRUPT_GRACE_MS);
    this.abandon.abort();
    await ended;
    await this.listener.close();
  }

  private wakeAll(): void {
    for (const pump of this.pumps.values()) pump.wake();
  }
}

async function endsWithin(work: Promise<unknown>, limitMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<void>((resolve) => (timer = setTimeout(resolve, limitMs)));
  await Promise.race([work, limit]);
  clearTimeout(timer);
}
