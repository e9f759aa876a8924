import { AuditEntry } from '@app/audit';
import type { WorkerConfig } from '@app/config';
import type { JobName } from '@app/contracts';
import { DatabaseModule } from '@app/database';
import { QueueModule } from '@app/queue';
import { Receipt } from '@app/receipts';
import { Attempt, ChargeEntry, Verification } from '@app/verification';
import { type DynamicModule, Module } from '@nestjs/common';
import { ReadingModule } from './reading/reading.module';
import { SendingModule } from './sending/sending.module';

const ENTITIES = [AuditEntry, Receipt, Verification, Attempt, ChargeEntry];

/** The worker process: it runs the jobs that its configuration names, and loads only what these need. */
@Module({})
export class WorkerModule {
  static forRoot(config: WorkerConfig): DynamicModule {
    const url = config.PIAOYAN_DATABASE_URL;
    const queues = config.PIAOYAN_WORKER_QUEUES;
    const concurrency = { 'receipt.read': config.PIAOYAN_OCR_WORKERS, 'verification.send': config.PIAOYAN_VERIFICATIONS_AT_ONCE };
    return {
      module: WorkerModule,
      imports: [
        DatabaseModule.forRoot({ url, applicationName: 'piaoyan-worker', entities: ENTITIES }),
        QueueModule.forWorker({ url, queues, concurrency }),
        ...queues.map((queue) => MODULE_OF[queue](config)),
      ],
    };
  }
}

const MODULE_OF: Readonly<Record<JobName, (config: WorkerConfig) => DynamicModule>> = {
  'receipt.read': (config) =>
    ReadingModule.forRoot({
      modelsDirectory: config.PIAOYAN_MODELS,
      workers: config.PIAOYAN_OCR_WORKERS,
      providers: config.PIAOYAN_OCR_PROVIDERS,
      precision: config.PIAOYAN_OCR_PRECISION,
      trustedRoots: config.PIAOYAN_TRUSTED_ROOTS,
      storageDirectory: config.PIAOYAN_STORAGE_DIR,
    }),
  'verification.send': (config) =>
    SendingModule.forRoot({
      url: config.PIAOYAN_EGRESS_URL,
      caFile: config.PIAOYAN_EGRESS_CA_FILE,
      certFile: config.PIAOYAN_EGRESS_CERT_FILE,
      keyFile: config.PIAOYAN_EGRESS_KEY_FILE,
    }),
};
