import { AuditEntry, SettingsRecord } from '@app/audit';
import { ConfigError, type WorkerConfig } from '@app/config';
import type { JobName } from '@app/contracts';
import { DatabaseModule, UnitOfWork } from '@app/database';
import { KeyringModule } from '@app/keyring';
import { QueueModule } from '@app/queue';
import { Correction, Receipt } from '@app/receipts';
import { Attempt, BatchRow, ChargeEntry, ProviderChannel, Verification, VerificationBatch, VerificationPolicy } from '@app/verification';
import { WebhookDelivery, WebhookEndpoint, WebhookEvent } from '@app/webhooks';
import { type DynamicModule, Module } from '@nestjs/common';
import { AnchoringModule } from './anchoring/anchoring.module';
import { anchorSinks } from './anchoring/anchor-sinks';
import { AuditingModule } from './auditing/auditing.module';
import { settingFacts } from './auditing/setting-facts';
import { CheckingModule } from './checking/checking.module';
import { FeedingModule } from './feeding/feeding.module';
import { ForwardingModule, type ForwardingSettings } from './forwarding/forwarding.module';
import { ReadingModule } from './reading/reading.module';
import { RetentionModule } from './retention/retention.module';
import { SubjectsModule } from './retention/subjects.module';
import { SendingModule } from './sending/sending.module';
import { DeliveringModule } from './webhooks/delivering.module';

const ENTITIES = [
  ...[
    AuditEntry,
    Receipt,
    Correction,
    Verification,
    Attempt,
    ChargeEntry,
    VerificationPolicy,
    ProviderChannel,
    VerificationBatch,
    BatchRow,
  ],
  ...[WebhookEndpoint, WebhookEvent, WebhookDelivery],
];
/** Waiting for a receiver costs next to nothing, and one slow answer must not hold up the others. */
const DELIVERIES_AT_ONCE = 8;

/** The worker process: it runs the jobs that its configuration names, and loads only what these need. */
@Module({})
export class WorkerModule {
  static forRoot(config: WorkerConfig): DynamicModule {
    const url = config.PIAOYAN_DATABASE_URL;
    const queues = config.PIAOYAN_WORKER_QUEUES;
    const concurrency = {
      'receipt.read': config.PIAOYAN_OCR_WORKERS,
      'verification.send': config.PIAOYAN_VERIFICATIONS_AT_ONCE,
      'webhook.deliver': DELIVERIES_AT_ONCE,
    };
    return {
      module: WorkerModule,
      imports: [
        DatabaseModule.forRoot({ url, applicationName: 'piaoyan-worker', entities: ENTITIES }),
        KeyringModule.forRoot({ masterKey: config.PIAOYAN_MASTER_KEY, suite: config.PIAOYAN_CRYPTO_SUITE }),
        QueueModule.forWorker({ url, queues, concurrency }),
        ...queues.map((queue) => MODULE_OF[queue](config)),
        ...auditing(config),
        ...forwarding(config),
        ...anchoring(config),
      ],
      providers: [
        {
          provide: SettingsRecord,
          inject: [UnitOfWork],
          useFactory: (unitOfWork: UnitOfWork) =>
            new SettingsRecord(unitOfWork, 'worker', settingFacts(config), config.PIAOYAN_WORKER_QUEUES.join(',') || 'none'),
        },
      ],
    };
  }
}

function forwarding(config: WorkerConfig): DynamicModule[] {
  const settings = forwardingSettings(config);
  return settings === null ? [] : [ForwardingModule.forRoot(settings)];
}

/** Needs no signing key: anchors are heads that were signed already, so whatever worker has the way to a place writes there. */
function anchoring(config: WorkerConfig): DynamicModule[] {
  const sinks = anchorSinks({
    directory: config.PIAOYAN_AUDIT_ANCHOR_DIR,
    siem: config.PIAOYAN_SIEM_ANCHORS ? forwardingSettings(config) : null,
    bucket: {
      url: config.PIAOYAN_AUDIT_ANCHOR_BUCKET,
      keyId: config.PIAOYAN_AUDIT_ANCHOR_BUCKET_KEY_ID,
      secret: config.PIAOYAN_AUDIT_ANCHOR_BUCKET_SECRET,
      region: config.PIAOYAN_AUDIT_ANCHOR_BUCKET_REGION,
      caFile: config.PIAOYAN_AUDIT_ANCHOR_BUCKET_CA_FILE,
      days: config.PIAOYAN_AUDIT_ANCHOR_BUCKET_DAYS,
    },
  });
  return sinks.length === 0 ? [] : [AnchoringModule.forRoot({ sinks, everyMinutes: config.PIAOYAN_AUDIT_ANCHOR_MINUTES })];
}

function forwardingSettings(config: WorkerConfig): ForwardingSettings | null {
  if (config.PIAOYAN_SIEM_URL === undefined) return null;
  return {
    url: config.PIAOYAN_SIEM_URL,
    allowPlain: config.PIAOYAN_SIEM_ALLOW_PLAIN,
    format: config.PIAOYAN_SIEM_FORMAT,
    caFile: config.PIAOYAN_SIEM_CA_FILE,
    certFile: config.PIAOYAN_SIEM_CERT_FILE,
    keyFile: config.PIAOYAN_SIEM_KEY_FILE,
  };
}

/** Sealing is no job: it goes on in every worker that has the key. */
function auditing(config: WorkerConfig): DynamicModule[] {
  const { PIAOYAN_AUDIT_SIGNING_KEY: signingKey, PIAOYAN_CRYPTO_SUITE: suite } = config;
  const removeAfterDays = config.PIAOYAN_AUDIT_REMOVAL ? config.PIAOYAN_AUDIT_RETENTION_DAYS : null;
  return signingKey === undefined
    ? []
    : [AuditingModule.forRoot({ signingKey, suite, removeAfterDays, isForwarded: config.PIAOYAN_SIEM_URL !== undefined })];
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
      egress: {
        url: config.PIAOYAN_EGRESS_URL,
        caFile: config.PIAOYAN_EGRESS_CA_FILE,
        certFile: config.PIAOYAN_EGRESS_CERT_FILE,
        keyFile: config.PIAOYAN_EGRESS_KEY_FILE,
      },
      codesFile: config.PIAOYAN_PROVIDER_CODES,
      genericFile: config.PIAOYAN_GENERIC_PROVIDER_FILE,
      failoverOrder: config.PIAOYAN_FAILOVER_ORDER,
    }),
  'webhook.deliver': (config) =>
    DeliveringModule.forRoot({
      targets: config.PIAOYAN_WEBHOOK_TARGETS,
      caFile: config.PIAOYAN_WEBHOOK_CA_FILE,
      databaseUrl: config.PIAOYAN_DATABASE_URL,
      egressUrl: config.PIAOYAN_EGRESS_URL,
    }),
  'batch.feed': (config) =>
    FeedingModule.forRoot({
      hashKey: requiredHashKey(config),
      defaultProvider: config.PIAOYAN_DEFAULT_PROVIDER,
      window: config.PIAOYAN_BATCH_WINDOW,
      rules: {
        netocr: config.PIAOYAN_NETOCR_WINDOW,
        jumdata: config.PIAOYAN_JUMDATA_WINDOW,
        generic: config.PIAOYAN_GENERIC_WINDOW,
      },
    }),
  'retention.run': (config) => RetentionModule.forRoot({ storageDirectory: config.PIAOYAN_STORAGE_DIR }),
  'subject.handle': (config) => SubjectsModule.forRoot({ storageDirectory: config.PIAOYAN_STORAGE_DIR }),
  'original.check': (config) =>
    CheckingModule.forRoot({ storageDirectory: config.PIAOYAN_STORAGE_DIR, days: config.PIAOYAN_ORIGINAL_CHECK_DAYS }),
};

function requiredHashKey({ PIAOYAN_HASH_KEY: key }: WorkerConfig): string {
  if (key === undefined)
    throw new ConfigError(['PIAOYAN_HASH_KEY (or PIAOYAN_HASH_KEY_FILE) is required by the queue batch.feed: the key that api uses']);
  return key;
}
