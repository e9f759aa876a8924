import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AuditEntry } from '@app/audit';
import type { ApiConfig } from '@app/config';
import type { ApprovalDecision, ApprovalView, Reading } from '@app/contracts';
import type { PaintedPage } from '@app/documents';
import { DatabaseModule, UnitOfWork } from '@app/database';
import { KeyringModule } from '@app/keyring';
import { QueueModule } from '@app/queue';
import { Correction, Receipt, ReceiptReader, type ReceiptReadOptions, ReceiptsModule } from '@app/receipts';
import { StorageModule } from '@app/storage';
import {
  ApiKey,
  ApiKeys,
  ClientCredential,
  ClientCredentials,
  ClientCredentialsModule,
  type IssuedCredential,
  type NewClientCredential,
  type Role,
  type Scope,
  Scope as ScopeSchema,
  SCOPES_OF_ROLE,
  TenancyModule,
  Tenant,
} from '@app/tenancy';
import {
  Attempt,
  BatchRow,
  ChargeEntry,
  EgressClient,
  ProviderChannel,
  Verification,
  VERIFICATION_FOLLOWERS,
  VerificationBatch,
  VerificationFollowersModule,
  VerificationModule,
  VerificationPolicy,
} from '@app/verification';
import type { INestApplicationContext, LoggerService } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Client } from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { ApiModule } from '../../apps/api/src/api.module';
import { type ApiOptions, apiOptions } from '../../apps/api/src/http/api-options';
import { createApi } from '../../apps/api/src/http/create-api';
import { FeedingModule } from '../../apps/worker/src/feeding/feeding.module';
import { ReadReceiptHandler } from '../../apps/worker/src/reading/read-receipt.handler';
import { SubjectsModule } from '../../apps/worker/src/retention/subjects.module';
import { SendVerificationHandler } from '../../apps/worker/src/sending/send-verification.handler';
import { MadeUpCallers } from './made-up-callers';
import { createTestDatabase, type TestDatabase } from './test-database';
import { TEST_KEYS } from './test-keys';
import { provided, ScriptedEgress } from './verification-bench';

const HASH_KEY = 'k'.repeat(32);
const EVIDENCE_KEY = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const ENTITIES = [
  ...[
    Tenant,
    ApiKey,
    ClientCredential,
    AuditEntry,
    Receipt,
    Correction,
    Verification,
    Attempt,
    ChargeEntry,
    VerificationPolicy,
    ProviderChannel,
  ],
  ...[VerificationBatch, BatchRow],
];

/** Reads nothing: it says what the test wants read, or fails as the test wants. */
export class ScriptedReader extends ReceiptReader {
  script: (bytes: Buffer) => Promise<Reading> | Reading = () => {
    throw new Error('the test gave no reading');
  };

  /** The pages it hands over as pictures of what it read. */
  pages: PaintedPage[] = [];

  async read(bytes: Buffer, { onPage }: ReceiptReadOptions = {}): Promise<Reading> {
    for (const [at, page] of this.pages.entries()) await onPage?.(at + 1, page);
    return this.script(bytes);
  }
}

/** The api as it runs, on a port of its own, and a worker whose engine and gateway are the test's. */
export interface ApiBench {
  url: string;
  database: TestDatabase;
  /** The worker's database URL and the object store's folder, for a part of the worker that a test runs by itself. */
  workerUrl: string;
  storageDirectory: string;
  /** A key with every scope, for each of the two tenants. */
  keys: readonly [string, string];
  /** Ids of the two tenants, which are called `first` and `second`. */
  tenantIds: readonly [string, string];
  /** As the database's owner, for what an operator does. */
  ownerUrl: string;
  reader: ScriptedReader;
  egress: ScriptedEgress;
  newKey(...scopes: Scope[]): Promise<string>;
  /** A credential of the first tenant, or of the second, for a system that speaks a provider's dialect. */
  newClient(wanted: Partial<NewClientCredential> & Pick<NewClientCredential, 'dialect'>, tenant?: 0 | 1): Promise<IssuedCredential>;
  /** Someone who signed in with a role, or with just these scopes; the token by which they are known. Another `id` is another person. */
  person(role: Role | readonly Scope[], who?: { id?: string; tenant?: 0 | 1 }): string;
  /** A person's word on a proposal. */
  decide(proposal: ApprovalView, key: string, decision?: ApprovalDecision['decision']): Promise<Response>;
  /** The api itself, and the ids of its two tenants, for what HTTP does not show. */
  api: NestFastifyApplication;
  callers: MadeUpCallers;
  fetch(path: string, init?: RequestInit & { key?: string }): Promise<Response>;
  rows<R extends object>(sql: string, params?: unknown[]): Promise<R[]>;
  /** Names of all files in the object store, whatever its folders. */
  storedFiles(): Promise<string[]>;
  /** The folder of the object store. */
  storage: string;
  close(): Promise<void>;
}

/**
 * Starts an api with the given changes to its settings; `withWorker: false` leaves its jobs undone, `logger` hears what it logs, `egress` is
 * the gateway that its worker asks.
 */
export async function createApiBench(
  changes: Partial<ApiConfig> = {},
  options: { withWorker?: boolean; logger?: LoggerService; onRoute?: ApiOptions['onRoute']; egress?: ScriptedEgress } = {},
): Promise<ApiBench> {
  const database = await createTestDatabase();
  const storage = await mkdtemp(join(tmpdir(), 'piaoyan-api-'));
  const observer = new Client({ connectionString: database.superuserUrl });
  await observer.connect();
  const keyring = await createKeyring(database, observer);
  const reader = new ScriptedReader();
  const { egress = new ScriptedEgress() } = options;
  const api = await startApi(database, storage, changes, options);
  const worker = options.withWorker === false ? null : await startWorker(database, storage, reader, egress);
  const url = await api.getUrl();
  const callers = MadeUpCallers.in(api);
  const [first] = keyring.keys;
  const ask: ApiBench['fetch'] = (path, { key = first, ...init } = {}) =>
    fetch(`${url}${path}`, { ...init, headers: { authorization: `Bearer ${key}`, ...(init.headers as Record<string, string>) } });
  return {
    url,
    database,
    keys: keyring.keys,
    tenantIds: keyring.tenantIds,
    workerUrl: database.workerUrl,
    ownerUrl: database.ownerUrl,
    storageDirectory: storage,
    reader,
    egress,
    newKey: keyring.newKey,
    newClient: keyring.newClient,
    person: (role, { id = uuidv7(), tenant = 0 } = {}) => {
      const scopes = new Set(typeof role === 'string' ? SCOPES_OF_ROLE[role] : role);
      const actor = { type: 'user' as const, id, name: typeof role === 'string' ? role : 'spec' };
      return callers.add({ method: 'session', scopes, tenant: { tenantId: keyring.tenantIds[tenant], actor } });
    },
    decide: ({ id, payloadHash }, key, decision = 'approve') =>
      ask(`/v1/approvals/${id}/decision`, {
        ...{ method: 'POST', key, headers: { 'content-type': 'application/json' } },
        body: JSON.stringify({ decision, payloadHash, reason: '已核对' }),
      }),
    ...{ api, callers },
    fetch: ask,
    rows: async <R extends object>(sql: string, params?: unknown[]) => (await observer.query<R>(sql, params)).rows,
    storage,
    storedFiles: async () => {
      const entries = await readdir(storage, { recursive: true, withFileTypes: true });
      return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
    },
    close: async () => {
      await api.close();
      await worker?.close();
      await Promise.all([observer.end(), keyring.close()]);
      await database.drop();
      await rm(storage, { recursive: true });
    },
  };
}

async function startApi(
  database: TestDatabase,
  storage: string,
  changes: Partial<ApiConfig>,
  { logger = silent, onRoute }: { logger?: LoggerService; onRoute?: ApiOptions['onRoute'] },
): Promise<NestFastifyApplication> {
  const config: ApiConfig = {
    PIAOYAN_LOG_LEVEL: 'fatal',
    PIAOYAN_HTTP_HOST: '127.0.0.1',
    PIAOYAN_HTTP_PORT: 0,
    PIAOYAN_DATABASE_URL: database.apiUrl,
    PIAOYAN_DATABASE_ALLOW_PLAIN: false,
    PIAOYAN_HTTP_TLS_IN_FRONT: false,
    PIAOYAN_STORAGE_DIR: storage,
    PIAOYAN_HASH_KEY: HASH_KEY,
    PIAOYAN_EVIDENCE_SIGNING_KEY: EVIDENCE_KEY,
    PIAOYAN_MASTER_KEY: TEST_KEYS.masterKey,
    PIAOYAN_CRYPTO_SUITE: TEST_KEYS.suite,
    PIAOYAN_UPLOAD_MAX_BYTES: 1_048_576,
    PIAOYAN_UPLOAD_MAX_PIXELS: 4_000_000,
    PIAOYAN_DEFAULT_PROVIDER: 'netocr',
    PIAOYAN_NETOCR_WINDOW: { window: 'year', lastDayCounts: true },
    PIAOYAN_JUMDATA_WINDOW: { window: 'year', lastDayCounts: true },
    PIAOYAN_GENERIC_WINDOW: { window: 'year', lastDayCounts: true },
    PIAOYAN_WEBHOOK_TARGETS: [],
    PIAOYAN_DROP_IN_WAIT_SECONDS: 20,
    PIAOYAN_DROP_IN_CALLS_PER_SECOND: 1000,
    PIAOYAN_DROP_IN_JUMDATA_GET: true,
    PIAOYAN_DROP_IN_NETOCR_MIRROR_STATUS: false,
    PIAOYAN_DROP_IN_NETOCR_LISTS_AS_STRING: false,
    PIAOYAN_BATCH_MAX_ROWS: 10_000,
    PIAOYAN_HTTP_MAX_CONNECTIONS: 2_048,
    PIAOYAN_CORS_ORIGINS: [],
    PIAOYAN_API_KEY_MAX_DAYS: 365,
    PIAOYAN_API_KEY_CALLS_PER_SECOND: 10_000,
    PIAOYAN_SESSION_CALLS_PER_SECOND: 10_000,
    PIAOYAN_WRONG_KEYS_PER_MINUTE: 10_000,
    PIAOYAN_SIGNATURE_WINDOW_SECONDS: 120,
    PIAOYAN_APPROVAL_DAYS: 7,
    PIAOYAN_SETTLEMENT_LIMIT_YUAN: 100,
    PIAOYAN_PASSWORD_MIN_LENGTH: 10,
    PIAOYAN_PASSWORD_MAX_AGE_DAYS: 90,
    PIAOYAN_PASSWORD_HISTORY: 5,
    PIAOYAN_SIGN_IN_MAX_FAILURES: 5,
    PIAOYAN_SIGN_IN_LOCK_MINUTES: 30,
    PIAOYAN_SESSION_IDLE_MINUTES: 30,
    PIAOYAN_SESSION_MAX_HOURS: 12,
    PIAOYAN_SECOND_FACTOR: 'administrators',
    PIAOYAN_SESSION_PLAIN_HTTP: false,
    ...changes,
  };
  const api = await createApi(ApiModule.forRoot(config), logger, { ...apiOptions(config), ...(onRoute && { onRoute }) });
  await api.listen(config.PIAOYAN_HTTP_PORT, config.PIAOYAN_HTTP_HOST);
  return api;
}

async function startWorker(
  database: TestDatabase,
  storage: string,
  reader: ReceiptReader,
  egress: EgressClient,
): Promise<INestApplicationContext> {
  const worker = await Test.createTestingModule({
    imports: [
      DatabaseModule.forRoot({ url: database.workerUrl, applicationName: 'bench-worker', entities: ENTITIES }),
      KeyringModule.forRoot(TEST_KEYS),
      QueueModule.forWorker({ url: database.workerUrl, queues: ['receipt.read', 'verification.send', 'batch.feed', 'subject.handle'] }),
      StorageModule.forRoot({ directory: storage }),
      ReceiptsModule.forReading(provided(ReceiptReader, reader)),
      VerificationModule.forSending({
        listeners: VERIFICATION_FOLLOWERS,
        imports: [provided(EgressClient, egress), VerificationFollowersModule],
      }),
      FeedingModule.forRoot({ hashKey: HASH_KEY, defaultProvider: 'netocr', window: 50 }),
      SubjectsModule.forRoot({ storageDirectory: storage }),
    ],
    providers: [ReadReceiptHandler, SendVerificationHandler],
  }).compile();
  worker.useLogger(silent);
  return worker.init();
}

const silent = { log: () => undefined, warn: () => undefined, error: () => undefined };

interface Keyring {
  tenantIds: readonly [string, string];
  keys: readonly [string, string];
  newKey(...scopes: Scope[]): Promise<string>;
  newClient: ApiBench['newClient'];
  close(): Promise<void>;
}

/** Makes tenants and keys as an operator does: as the owner. */
async function createKeyring(database: TestDatabase, observer: Client): Promise<Keyring> {
  const owner = await Test.createTestingModule({
    imports: [
      DatabaseModule.forRoot({ url: database.ownerUrl, applicationName: 'bench-owner', entities: ENTITIES }),
      KeyringModule.forRoot(TEST_KEYS),
      TenancyModule.forRoot({ hashKey: HASH_KEY }),
      KeyringModule.forRoot(TEST_KEYS),
      ClientCredentialsModule.forRoot({ hashKey: HASH_KEY }),
    ],
  }).compile();
  const tenantIds = [uuidv7(), uuidv7()] as const;
  await observer.query('insert into tenant (id, name) values ($1, $2), ($3, $4)', [tenantIds[0], 'first', tenantIds[1], 'second']);
  const actor = { type: 'operator' as const, id: 'spec', name: 'spec' };
  const newKey = async (tenantId: string, scopes: readonly Scope[]): Promise<string> => {
    const made = await owner.get(UnitOfWork).run({ tenantId, actor }, (tx) => owner.get(ApiKeys).create(tx, { name: 'spec', scopes: [] }));
    // No key that is made has the rights of several administrators; a test's may.
    await observer.query('update api_key set scopes = $2 where id = $1', [made.id, scopes]);
    return made.secret;
  };
  const newClient: ApiBench['newClient'] = (wanted, tenant = 0) =>
    owner
      .get(UnitOfWork)
      .run({ tenantId: tenantIds[tenant], actor }, (tx) =>
        owner.get(ClientCredentials).issue(tx, { name: 'spec', scopes: [], allowedNetworks: [], ...wanted }),
      );
  const keys = [await newKey(tenantIds[0], ScopeSchema.options), await newKey(tenantIds[1], ScopeSchema.options)] as const;
  return { tenantIds, keys, newKey: (...scopes) => newKey(tenantIds[0], scopes), newClient, close: () => owner.close() };
}
