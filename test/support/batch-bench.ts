import { AuditEntry } from '@app/audit';
import type { Elements, JobPayloads } from '@app/contracts';
import { DatabaseModule, type TenantContext } from '@app/database';
import { KeyringModule } from '@app/keyring';
import { QueueModule } from '@app/queue';
import { Correction, CorrectionStore, Receipt, ReceiptReadings, ReceiptStore } from '@app/receipts';
import {
  Attempt,
  BatchFeeding,
  BatchRow,
  BatchViews,
  ChargeEntry,
  EgressClient,
  ProviderChannel,
  Verification,
  VerificationBatch,
  VerificationBatches,
  VerificationBatchesModule,
  VerificationModule,
  VerificationPolicy,
  VerificationRequests,
  VerificationSending,
} from '@app/verification';
import { type DynamicModule, Module } from '@nestjs/common';
import { Test, type TestingModule } from '@nestjs/testing';
import { Client } from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { createTestDatabase, type TestDatabase } from './test-database';
import { TEST_KEYS } from './test-keys';
import { provided, ScriptedEgress } from './verification-bench';

const HASH_KEY = 'k'.repeat(32);
const ENTITIES = [
  ...[AuditEntry, Receipt, Correction, Verification, Attempt, ChargeEntry, VerificationPolicy, ProviderChannel],
  ...[VerificationBatch, BatchRow],
];

/** The services that take batches, feed them and send their calls, each as its own role; its jobs run when a test says so. */
export interface BatchBench {
  batches: VerificationBatches;
  views: BatchViews;
  requests: VerificationRequests;
  /** Those that feeding asks. */
  workerRequests: VerificationRequests;
  feeding: BatchFeeding;
  egress: ScriptedEgress;
  tenant: TenantContext;
  other: TenantContext;
  /** Runs the feeding job that is waiting, whenever it may begin; answers its payload, null when there is none. */
  feedOnce(): Promise<JobPayloads['batch.feed'] | null>;
  /** Runs every call that is waiting, whenever it may begin; answers how many. */
  sendAll(): Promise<number>;
  rows<R extends object>(sql: string, params?: unknown[]): Promise<R[]>;
  close(): Promise<void>;
}

export async function createBatchBench({ window = 5, maxRows = 10_000 } = {}): Promise<BatchBench> {
  const database = await createTestDatabase();
  const observer = new Client({ connectionString: database.superuserUrl });
  await observer.connect();
  const [tenant, other] = [await newTenant(observer, 'first'), await newTenant(observer, 'second')];
  const egress = new ScriptedEgress();
  const api = await apiContext(database, maxRows);
  const worker = await workerContext(database, window, egress);
  const feeding = worker.get(BatchFeeding, { strict: false });
  const sending = worker.get(VerificationSending, { strict: false });
  const taken = async <P>(name: string): Promise<P[]> =>
    (
      await observer.query<{ data: P }>(`update pgboss.job set state = 'completed' where name = $1 and state = 'created' returning data`, [
        name,
      ])
    ).rows.map(({ data }) => data);
  const job = { id: 'job', signal: new AbortController().signal };
  return {
    batches: api.get(VerificationBatches, { strict: false }),
    views: api.get(BatchViews, { strict: false }),
    requests: api.get(VerificationRequests, { strict: false }),
    workerRequests: worker.get(VerificationRequests, { strict: false }),
    feeding,
    egress,
    tenant,
    other,
    feedOnce: async () => {
      const payloads = await taken<JobPayloads['batch.feed']>('batch.feed');
      for (const payload of payloads) await feeding.feed(payload, job);
      return payloads[0] ?? null;
    },
    sendAll: async () => {
      const payloads = await taken<JobPayloads['verification.send']>('verification.send');
      for (const payload of payloads) await sending.send(payload, job);
      return payloads.length;
    },
    rows: async <R extends object>(sql: string, params?: unknown[]) => (await observer.query<R>(sql, params)).rows,
    close: async () => {
      await Promise.all([api.close(), worker.close(), observer.end()]);
      await database.drop();
    },
  };
}

/** A CSV file of bills, as an upload. */
export function csvOf(bills: readonly (Partial<Elements> & { reference?: string })[]): { fileName: string; bytes: Buffer } {
  const lines = bills.map(({ billCode, billNumber, checkCode, issueDate, totalAmount, reference }) =>
    [billCode, billNumber, checkCode, issueDate, totalAmount, reference].map((cell) => `"${cell ?? ''}"`).join(','),
  );
  return { fileName: 'bills.csv', bytes: Buffer.from(['票据代码,票据号码,校验码,开票日期,金额,备注', ...lines].join('\r\n')) };
}

function apiContext(database: TestDatabase, maxRows: number): Promise<TestingModule> {
  const options = { hashKey: HASH_KEY, defaultProvider: 'netocr' as const, imports: [readings()] };
  return Test.createTestingModule({
    imports: [
      DatabaseModule.forRoot({ url: database.apiUrl, applicationName: 'bench-api', entities: ENTITIES }),
      KeyringModule.forRoot(TEST_KEYS),
      QueueModule.forProducer({ url: database.apiUrl }),
      VerificationModule.forRequests(options),
      VerificationBatchesModule.forRequests({ ...options, maxRows }),
    ],
  }).compile();
}

function workerContext(database: TestDatabase, window: number, egress: EgressClient): Promise<TestingModule> {
  const requests = VerificationModule.forRequests({ hashKey: HASH_KEY, defaultProvider: 'netocr', imports: [readings()] });
  return Test.createTestingModule({
    imports: [
      DatabaseModule.forRoot({ url: database.workerUrl, applicationName: 'bench-worker', entities: ENTITIES }),
      KeyringModule.forRoot(TEST_KEYS),
      QueueModule.forProducer({ url: database.workerUrl }),
      VerificationModule.forSending({ imports: [provided(EgressClient, egress)] }),
      VerificationBatchesModule.forFeeding({ window, imports: [requests] }),
    ],
  }).compile();
}

function readings(): DynamicModule {
  return { module: ReadingsModule, providers: [ReceiptStore, CorrectionStore, ReceiptReadings], exports: [ReceiptReadings] };
}

@Module({})
class ReadingsModule {}

async function newTenant(observer: Client, name: string): Promise<TenantContext> {
  const tenantId = uuidv7();
  await observer.query('insert into tenant (id, name) values ($1, $2)', [tenantId, name]);
  return { tenantId, actor: { type: 'apiKey', id: `key-of-${name}`, name } };
}
