import { JOB_NAMES, ProviderId } from '@app/contracts';
import { z } from 'zod';
import { DATABASE_RULE, hasClosedDatabase } from './database-tls';
import { availableCores } from './available-cores';
import {
  auditRetentionDays,
  bucketUrl,
  billWindow,
  cryptoSuite,
  databaseUrl,
  hashKey,
  host,
  httpsUrl,
  logLevel,
  masterKey,
  path,
  port,
  providerOrder,
  syslogUrl,
  webhookTargets,
  wholeNumber,
  yesNo,
} from './fields';

const JobName = z.enum(JOB_NAMES, `must be a comma-separated list of ${JOB_NAMES.join(', ')}`);

/** Beyond this, reading more pages at once gains nothing per page: more worker processes do. */
const MAX_DEFAULT_OCR_WORKERS = 4;

/** What runs the OCR models, in the order of trying; `cuda` alone makes a worker without a GPU refuse to start. */
const PROVIDER_LADDERS = { cpu: ['cpu'], 'cuda,cpu': ['cuda', 'cpu'], cuda: ['cuda'] } as const;

const ocrProviders = () =>
  z
    .enum(Object.keys(PROVIDER_LADDERS) as (keyof typeof PROVIDER_LADDERS)[], 'must be cpu, cuda,cpu or cuda')
    .default('cpu')
    .transform((names) => PROVIDER_LADDERS[names]);

/** How first readings multiply; `undefined` where the processor decides. */
const ocrPrecision = () =>
  z
    .enum(['auto', 'int8', 'float32'], 'must be auto, int8 or float32')
    .default('auto')
    .transform((name) => (name === 'auto' ? undefined : name));

/** `none` is for a worker that forwards the audit and does nothing else. */
const queues = () =>
  z
    .string()
    .transform((text) => (text === 'none' ? [] : [...new Set(text.split(',').map((name) => name.trim()))]))
    .pipe(z.array(JobName))
    .default([...JOB_NAMES]);

/** Settings of the worker process. The gateway's settings are needed only by a worker that sends verifications. */
export const WorkerConfig = z
  .strictObject({
    PIAOYAN_LOG_LEVEL: logLevel(),
    PIAOYAN_HEALTH_HOST: host(),
    PIAOYAN_HEALTH_PORT: port(8081),
    PIAOYAN_DATABASE_URL: databaseUrl(),
    PIAOYAN_DATABASE_ALLOW_PLAIN: yesNo(false),
    PIAOYAN_STORAGE_DIR: path(),
    /** For the elements of batches' rows: a worker that does not run `batch.feed` has no use for it. */
    PIAOYAN_HASH_KEY: hashKey().optional(),
    PIAOYAN_MASTER_KEY: masterKey(),
    PIAOYAN_CRYPTO_SUITE: cryptoSuite(),
    PIAOYAN_MODELS: path().default('models'),
    PIAOYAN_WORKER_QUEUES: queues(),
    PIAOYAN_FAILOVER_ORDER: providerOrder().default(['netocr', 'jumdata']),
    PIAOYAN_DEFAULT_PROVIDER: ProviderId.default('netocr'),
    /** As for the api: rows of a batch pass the guards that single requests pass. */
    PIAOYAN_NETOCR_WINDOW: billWindow(),
    PIAOYAN_JUMDATA_WINDOW: billWindow(),
    PIAOYAN_GENERIC_WINDOW: billWindow(),
    PIAOYAN_BATCH_WINDOW: wholeNumber(1, 500).default(50),
    PIAOYAN_OCR_WORKERS: wholeNumber(1, 64).default(() => Math.min(availableCores(), MAX_DEFAULT_OCR_WORKERS)),
    PIAOYAN_OCR_PROVIDERS: ocrProviders(),
    PIAOYAN_OCR_PRECISION: ocrPrecision(),
    /** Folder of the certificates whose signatures on documents count. */
    PIAOYAN_TRUSTED_ROOTS: path().optional(),
    /** Calls that may be under way at once: waiting for an answer costs next to nothing, and one slow provider must not hold up the others. */
    PIAOYAN_VERIFICATIONS_AT_ONCE: wholeNumber(1, 512).default(64),
    PIAOYAN_EGRESS_URL: httpsUrl(),
    PIAOYAN_EGRESS_CA_FILE: path(),
    PIAOYAN_EGRESS_CERT_FILE: path(),
    PIAOYAN_EGRESS_KEY_FILE: path(),
    PIAOYAN_WEBHOOK_TARGETS: webhookTargets(),
    /** Authorities that receivers of webhooks may have their certificates from, beside the public ones. */
    PIAOYAN_WEBHOOK_CA_FILE: path().optional(),
    /** An installation that means to keep less than the law asks does not start. */
    PIAOYAN_AUDIT_RETENTION_DAYS: auditRetentionDays(),
    /** Days within which each stored original is read again and compared with its hash. */
    PIAOYAN_ORIGINAL_CHECK_DAYS: wholeNumber(1, 3_650).default(90),
    /** Whether what is older than that is removed, by a worker that seals. */
    PIAOYAN_AUDIT_REMOVAL: yesNo(false),
    /** Where the audit is forwarded to; nowhere unless told. */
    PIAOYAN_SIEM_URL: syslogUrl().optional(),
    PIAOYAN_SIEM_FORMAT: z.enum(['rfc5424', 'cef', 'json'], 'must be rfc5424, cef or json').default('rfc5424'),
    PIAOYAN_SIEM_ALLOW_PLAIN: yesNo(false),
    PIAOYAN_SIEM_CA_FILE: path().optional(),
    PIAOYAN_SIEM_CERT_FILE: path().optional(),
    PIAOYAN_SIEM_KEY_FILE: path().optional(),
    /** Whether the SIEM gets anchors of the audit as well. */
    PIAOYAN_SIEM_ANCHORS: yesNo(true),
    /** File of the codes that providers send and do not document. */
    PIAOYAN_PROVIDER_CODES: path().optional(),
    /** Description of the generic provider, the same file as that of egress. */
    PIAOYAN_GENERIC_PROVIDER_FILE: path().optional(),
    /** Private key in PEM that segments of the audit are signed with; a worker without it seals nothing. */
    PIAOYAN_AUDIT_SIGNING_KEY: z.string().min(1).optional(),
    /** Folder that anchors of the audit are written to; may be write-once storage. */
    PIAOYAN_AUDIT_ANCHOR_DIR: path().optional(),
    /** From one writing of anchors to the next, for each place. */
    PIAOYAN_AUDIT_ANCHOR_MINUTES: wholeNumber(5, 1_440).default(1_440),
    /** Bucket that anchors are written to, of a store that speaks S3 and locks objects. Its account needs both of the next two. */
    PIAOYAN_AUDIT_ANCHOR_BUCKET: bucketUrl().optional(),
    PIAOYAN_AUDIT_ANCHOR_BUCKET_KEY_ID: z.string().min(1).optional(),
    PIAOYAN_AUDIT_ANCHOR_BUCKET_SECRET: z.string().min(1).optional(),
    PIAOYAN_AUDIT_ANCHOR_BUCKET_REGION: z
      .string()
      .regex(/^[a-z0-9-]{1,40}$/, 'must be the name of a region, such as us-east-1')
      .default('us-east-1'),
    PIAOYAN_AUDIT_ANCHOR_BUCKET_CA_FILE: path().optional(),
    /** Days that an object of anchors is locked. */
    PIAOYAN_AUDIT_ANCHOR_BUCKET_DAYS: wholeNumber(184, 36_500).default(3_650),
  })
  .refine(hasClosedDatabase, DATABASE_RULE);
export type WorkerConfig = Readonly<z.infer<typeof WorkerConfig>>;
