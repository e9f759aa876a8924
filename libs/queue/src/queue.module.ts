import { SchemaError } from '@app/database';
import { type OnApplicationShutdown, type DynamicModule, Inject, Module, type Provider } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { type ConstructorOptions, PgBoss } from 'pg-boss';
import { createBoss } from './boss';
import { HandlerRegistry } from './handler-registry';
import { JobQueue } from './job-queue';
import { PgBossJobQueue } from './pg-boss-job-queue';
import { QueueWorker, type QueueWorkerSettings } from './queue-worker';

/** Where the queue lives: the process's own database URL. */
export interface QueueProducerOptions {
  url: string;
}

/** How often workers look for jobs whose worker has died: with the lease of 10 s, such a job is tried again after 15 s at most. */
const SUPERVISE_SECONDS = 3;
/** Between two looks of all workers together. Shorter than the above: at the same length a worker would often find it a moment too early, and skip its turn. */
const MONITOR_SECONDS = 2;

const PRODUCER: ConstructorOptions = { application_name: 'piaoyan-queue', max: 2, supervise: false };
const WORKER: ConstructorOptions = {
  application_name: 'piaoyan-queue',
  max: 4,
  superviseIntervalSeconds: SUPERVISE_SECONDS,
  monitorIntervalSeconds: MONITOR_SECONDS,
};

/** Provides `JobQueue`, globally; in the worker it also runs the handlers. */
@Module({})
export class QueueModule implements OnApplicationShutdown {
  constructor(@Inject(PgBoss) private readonly boss: PgBoss) {}

  static forProducer(options: QueueProducerOptions): DynamicModule {
    return module([...queueProviders(options.url, PRODUCER)]);
  }

  static forWorker(options: QueueWorkerSettings): DynamicModule {
    const worker: Provider = {
      provide: QueueWorker,
      inject: [PgBoss, HandlerRegistry],
      useFactory: (boss: PgBoss, registry: HandlerRegistry) => new QueueWorker(boss, registry, options),
    };
    return module([...queueProviders(options.url, WORKER), HandlerRegistry, worker], [DiscoveryModule]);
  }

  /** After the worker has given back its jobs, which happens before this hook. */
  async onApplicationShutdown(): Promise<void> {
    await this.boss.stop({ graceful: false });
  }
}

function module(providers: Provider[], imports: DynamicModule['imports'] = []): DynamicModule {
  return { module: QueueModule, global: true, imports, providers, exports: [JobQueue] };
}

function queueProviders(url: string, options: ConstructorOptions): Provider[] {
  return [
    { provide: PgBoss, useFactory: () => startedBoss(url, options) },
    { provide: JobQueue, inject: [PgBoss], useFactory: (boss: PgBoss) => new PgBossJobQueue(boss) },
  ];
}

async function startedBoss(url: string, options: ConstructorOptions): Promise<PgBoss> {
  const boss = createBoss(url, options);
  try {
    return await boss.start();
  } catch (cause) {
    await boss.stop({ graceful: false });
    throw new SchemaError(
      'the job queues of this release are not installed or cannot be reached. Run "piaoyan migrate" as piaoyan_owner, then start again',
      {
        cause,
      },
    );
  }
}
