import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SealingPump, SigningKeyError } from '@app/audit';
import type { WorkerConfig } from '@app/config';
import { ModelPackError } from '@app/ocr';
import { ReceiptReading } from '@app/receipts';
import { EgressClient, HttpsEgressClient, VerificationRequests, VerificationSending } from '@app/verification';
import { Test } from '@nestjs/testing';
import { DataSource } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { type Certificates, createCertificates } from '../../../libs/devstack/src/certificates/certificates';
import { createTestDatabase, type TestDatabase } from '../../../test/support/test-database';
import { newElements } from '../../../test/support/verification-bench';
import { WorkerHealth } from './health/worker-health';
import { OcrReceiptReader } from './reading/ocr-receipt-reader';
import { WorkerModule } from './worker.module';

const SILENT = { log: () => undefined, warn: () => undefined, error: () => undefined };

describe('the worker', () => {
  let database: TestDatabase;
  let directory: string;
  let certificates: Certificates;
  beforeAll(async () => {
    database = await createTestDatabase();
    directory = await mkdtemp(join(tmpdir(), 'piaoyan-worker-'));
    certificates = await createCertificates(directory);
  });
  afterAll(async () => {
    await database.drop();
    await rm(directory, { recursive: true });
  });

  const config = (changes: Partial<WorkerConfig>): WorkerConfig => ({
    PIAOYAN_LOG_LEVEL: 'fatal',
    PIAOYAN_HEALTH_HOST: '127.0.0.1',
    PIAOYAN_HEALTH_PORT: 0,
    PIAOYAN_DATABASE_URL: database.workerUrl,
    PIAOYAN_DATABASE_ALLOW_PLAIN: false,
    PIAOYAN_STORAGE_DIR: directory,
    PIAOYAN_HASH_KEY: 'k'.repeat(32),
    PIAOYAN_MASTER_KEY: 'e'.repeat(64),
    PIAOYAN_CRYPTO_SUITE: 'standard',
    PIAOYAN_SIEM_ANCHORS: false,
    PIAOYAN_AUDIT_REMOVAL: false,
    PIAOYAN_AUDIT_ANCHOR_MINUTES: 1_440,
    PIAOYAN_AUDIT_ANCHOR_BUCKET_REGION: 'us-east-1',
    PIAOYAN_AUDIT_ANCHOR_BUCKET_DAYS: 3_650,
    // A folder without a model pack: whoever tries to load an engine fails.
    PIAOYAN_MODELS: directory,
    PIAOYAN_WORKER_QUEUES: ['verification.send'],
    PIAOYAN_FAILOVER_ORDER: ['netocr', 'jumdata'],
    PIAOYAN_DEFAULT_PROVIDER: 'netocr',
    PIAOYAN_NETOCR_WINDOW: { window: 'year', lastDayCounts: true },
    PIAOYAN_JUMDATA_WINDOW: { window: 'year', lastDayCounts: true },
    PIAOYAN_GENERIC_WINDOW: { window: 'year', lastDayCounts: true },
    PIAOYAN_BATCH_WINDOW: 50,
    PIAOYAN_OCR_WORKERS: 1,
    PIAOYAN_OCR_PROVIDERS: ['cpu'],
    PIAOYAN_OCR_PRECISION: undefined,
    PIAOYAN_VERIFICATIONS_AT_ONCE: 8,
    PIAOYAN_EGRESS_URL: 'https://127.0.0.1:1',
    PIAOYAN_EGRESS_CA_FILE: certificates.caFile,
    PIAOYAN_EGRESS_CERT_FILE: certificates.worker.certFile,
    PIAOYAN_EGRESS_KEY_FILE: certificates.worker.keyFile,
    PIAOYAN_WEBHOOK_TARGETS: [],
    PIAOYAN_AUDIT_RETENTION_DAYS: 365,
    PIAOYAN_ORIGINAL_CHECK_DAYS: 90,
    PIAOYAN_SIEM_FORMAT: 'rfc5424',
    PIAOYAN_SIEM_ALLOW_PLAIN: false,
    ...changes,
  });

  it('loads no engine when it only sends', async () => {
    const worker = await Test.createTestingModule({ imports: [WorkerModule.forRoot(config({}))] }).compile();
    worker.useLogger(SILENT);
    await worker.init();
    expect(worker.get(VerificationSending, { strict: false })).toBeDefined();
    expect(worker.get(EgressClient, { strict: false })).toBeInstanceOf(HttpsEgressClient);
    expect(() => worker.get(ReceiptReading, { strict: false })).toThrow();
    await worker.close();
  });

  it('seals the audit when it has the key, and refuses a key of another suite', async () => {
    const key = generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' }) as string;
    const sealing = { PIAOYAN_AUDIT_SIGNING_KEY: key, PIAOYAN_WORKER_QUEUES: ['batch.feed' as const] };
    const worker = await Test.createTestingModule({ imports: [WorkerModule.forRoot(config(sealing))] }).compile();
    worker.useLogger(SILENT);
    await worker.init();
    expect(worker.get(SealingPump, { strict: false })).toBeDefined();
    await worker.close();
    expect(() => WorkerModule.forRoot(config({ ...sealing, PIAOYAN_CRYPTO_SUITE: 'sm' }))).toThrow(SigningKeyError);
  });

  it('takes rows of batches by the windows that single requests are taken by', async () => {
    const tenantId = uuidv7();
    const owner = await new DataSource({ type: 'postgres', url: database.superuserUrl, installExtensions: false }).initialize();
    await owner.query('insert into tenant (id, name) values ($1, $2)', [tenantId, 'old bills']);
    await owner.destroy();
    const tenant = { tenantId, actor: { type: 'worker' as const, id: 'spec', name: 'batch.feed' } };
    const refusalWithin = async (window: number): Promise<string | null> => {
      const windows = { PIAOYAN_NETOCR_WINDOW: { window, lastDayCounts: true }, PIAOYAN_WORKER_QUEUES: ['batch.feed' as const] };
      const worker = await Test.createTestingModule({ imports: [WorkerModule.forRoot(config(windows))] }).compile();
      worker.useLogger(SILENT);
      await worker.init();
      const { refusalCode } = await worker.get(VerificationRequests, { strict: false }).request(tenant, { elements: newElements() });
      await worker.close();
      return refusalCode;
    };
    // The bill is 30 days old.
    expect([await refusalWithin(10), await refusalWithin(40)]).toEqual(['over-window', null]);
  });

  it('does not read without a model pack', async () => {
    await expect(OcrReceiptReader.create({ modelsDirectory: directory, workers: 1 })).rejects.toBeInstanceOf(ModelPackError);
  });

  it('says that it lives while it loads, and is ready when it has started and the database answers', async () => {
    const health = new WorkerHealth();
    await health.listen(0, '127.0.0.1', SILENT);
    const url = await health.getUrl();
    const probe = async (name: string): Promise<unknown> => {
      const response = await fetch(`${url}/health/${name}`);
      return [response.status, await response.json()];
    };
    expect(await probe('live')).toEqual([200, { status: 'ok' }]);
    expect(await probe('startup')).toEqual([503, { status: 'starting', failing: ['startup'] }]);
    expect(await probe('ready')).toEqual([503, { status: 'unavailable', failing: ['database', 'masterKeys'] }]);
    const dataSource = await new DataSource({ type: 'postgres', url: database.workerUrl, installExtensions: false }).initialize();
    health.isStarted({ dataSource, keyring: { check: () => Promise.resolve() } });
    expect([await probe('startup'), await probe('ready')]).toEqual([
      [200, { status: 'ok' }],
      [200, { status: 'ok' }],
    ]);
    await dataSource.destroy();
    expect(await probe('ready')).toEqual([503, { status: 'unavailable', failing: ['database'] }]);
    await health.close();
  });
});
