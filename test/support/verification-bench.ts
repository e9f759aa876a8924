import { type AuditAction, AuditEntry, AuditLog, type AuditRecord } from '@app/audit';
import type { EgressCall, EgressReply, Elements } from '@app/contracts';
import { type Actor, DatabaseModule, type TenantContext, type Tx, UnitOfWork } from '@app/database';
import { emptyFace, formatNetocrReply } from '@app/providers';
import { Keyring, KeyringModule } from '@app/keyring';
import { QueueModule } from '@app/queue';
import { Correction, CorrectionStore, Receipt, ReceiptReadings, ReceiptStore } from '@app/receipts';
import {
  Attempt,
  ChargeEntry,
  Charges,
  EgressClient,
  EgressRefusedError,
  EgressUnavailableError,
  Settlements,
  ProviderChannel,
  type SettlementListener,
  Verification,
  type VerificationAdmin,
  VerificationModule,
  VerificationPolicy,
  VerificationRequests,
  Verifications,
  VerificationSending,
  withVerificationAdmin,
} from '@app/verification';
import { type DynamicModule, Module } from '@nestjs/common';
import { Test, type TestingModule } from '@nestjs/testing';
import { Client } from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { createTestDatabase, type TestDatabase } from './test-database';
import { TEST_KEYS } from './test-keys';

/** What the gateway shall say of the next upstream calls, in order; the last one is said for ever. */
export type Script = (call: EgressCall) => EgressReply | Promise<EgressReply>;

/** Behaves as egress promises: one upstream call for an attempt id, and the same answer whenever it is asked again with the same key. */
export class ScriptedEgress extends EgressClient {
  readonly posts: EgressCall[] = [];
  readonly upstreamCalls: string[] = [];
  private readonly journal = new Map<string, EgressReply>();
  private readonly keys = new Map<string, string>();
  private scripts: Script[] = [answeredMatch];

  willSay(...scripts: Script[]): void {
    this.scripts = scripts;
  }

  async call(call: EgressCall): Promise<EgressReply> {
    this.posts.push(call);
    if ((this.keys.get(call.attemptId) ?? call.replyKey) !== call.replyKey) throw new EgressRefusedError('attempt-conflict');
    this.keys.set(call.attemptId, call.replyKey);
    const known = this.journal.get(call.attemptId);
    if (known) return known;
    const script = this.scripts.length > 1 ? this.scripts.shift() : this.scripts[0];
    const reply = await script!(call);
    if (reply.state === 'inFlight' || reply.state === 'throttled') return reply;
    if (reply.state !== 'notSent') this.upstreamCalls.push(call.attemptId);
    this.journal.set(call.attemptId, reply);
    return reply;
  }
}

/** The real audit log, which refuses one action when a test says so. */
export class RefusingAuditLog extends AuditLog {
  refused: AuditAction | null = null;

  override async appendAll(tx: Tx, records: readonly AuditRecord[]): Promise<void> {
    if (records.some(({ action }) => action === this.refused)) throw new Error('audit refused by the test');
    await super.appendAll(tx, records);
  }
}

/** Replies of netocr, as egress hands them on. */
export function answered(code: string, face: Partial<ReturnType<typeof emptyFace>> = {}): Script {
  return ({ attemptId }) => ({
    state: 'answered',
    attemptId,
    httpStatus: 200,
    contentType: 'application/json',
    bodyBase64: formatNetocrReply({ code, face: { ...emptyFace(), ...face } }).toString('base64'),
    sentAt: new Date().toISOString(),
    answeredAt: new Date().toISOString(),
  });
}

export const answeredMatch: Script = answered('0', { reversed: false });

export const notSent: Script = ({ attemptId }) => ({ state: 'notSent', attemptId, reason: 'connect', at: new Date().toISOString() });

export const lost: Script = ({ attemptId }) => ({ state: 'unknown', attemptId, reason: 'timeout', sentAt: new Date().toISOString() });

export const unreachable: Script = () => {
  throw new EgressUnavailableError('ECONNREFUSED');
};

export const throttled: Script = ({ attemptId }) => ({ state: 'throttled', attemptId, retryAfterMs: 1_500 });

/** Remembers what it was told, and refuses when a test says so. */
export class RememberedSettlements implements SettlementListener {
  readonly told: Verification[] = [];
  refuses = false;

  verificationsSettled(_tx: Tx, settled: readonly Verification[]): Promise<void> {
    if (this.refuses) return Promise.reject(new Error('settlement refused by the test'));
    this.told.push(...settled);
    return Promise.resolve();
  }
}

/** What the gateway says when it refuses a call for good. */
export const refusedByEgress =
  (code: 'attempt-conflict' | 'invalid-call'): Script =>
  () => {
    throw new EgressRefusedError(code);
  };

/** The service that takes requests and the one that sends, each as its own role, on one database with two tenants. */
export interface VerificationBench {
  requests: VerificationRequests;
  verifications: Verifications;
  charges: Charges;
  settling: Settlements;
  sending: VerificationSending;
  /** The worker's. */
  egress: ScriptedEgress;
  audit: RefusingAuditLog;
  settlements: RememberedSettlements;
  tenants: readonly [TenantContext, TenantContext];
  apiWork: UnitOfWork;
  keyring: Keyring;
  /** For what an operator does at the command line. */
  ownerUrl: string;
  /** Another tenant, whose policy nobody has looked at yet. */
  newTenant(name: string): Promise<TenantContext>;
  /** Does a piece of administration as the owner, as the command line does. */
  administer<T>(work: (admin: VerificationAdmin, operator: Actor) => Promise<T>): Promise<T>;
  /** Runs SQL as the superuser: what is really there, whoever may see it. */
  rows<R extends object>(sql: string, params?: unknown[]): Promise<R[]>;
  close(): Promise<void>;
}

/** Made-up elements of a bill that no other call has asked about. */
export function newElements(changes: Partial<Elements> = {}): Elements {
  billsMade += 1;
  const billNumber = String(billsMade).padStart(10, '0');
  const issueDate = new Date(Date.now() - 30 * 86_400_000).toISOString().slice(0, 10);
  return { billCode: '99060126', billNumber, checkCode: '1e9030', issueDate, totalAmount: '486.20', ...changes };
}
let billsMade = 0;

const ENTITIES = [AuditEntry, Receipt, Correction, Verification, Attempt, ChargeEntry, VerificationPolicy, ProviderChannel];

export async function createVerificationBench(): Promise<VerificationBench> {
  const database = await createTestDatabase();
  const observer = new Client({ connectionString: database.superuserUrl });
  await observer.connect();
  const tenants = [await newTenant(observer, 'first'), await newTenant(observer, 'second')] as const;
  const audit = new RefusingAuditLog();
  const egress = new ScriptedEgress();
  const settlements = new RememberedSettlements();
  const api = await apiContext(database, audit, settlements);
  const worker = await workerContext(database, audit, settlements, egress);
  return {
    requests: api.get(VerificationRequests, { strict: false }),
    verifications: api.get(Verifications, { strict: false }),
    charges: api.get(Charges, { strict: false }),
    settling: api.get(Settlements, { strict: false }),
    sending: worker.get(VerificationSending, { strict: false }),
    keyring: worker.get(Keyring, { strict: false }),
    egress,
    audit,
    settlements,
    tenants,
    newTenant: (name) => newTenant(observer, name),
    administer: (work) =>
      withVerificationAdmin({ ownerUrl: database.ownerUrl, applicationName: 'bench-admin' }, (admin) =>
        work(admin, { type: 'operator', id: 'spec', name: 'spec' }),
      ),
    apiWork: api.get(UnitOfWork, { strict: false }),
    ownerUrl: database.ownerUrl,
    rows: async <R extends object>(sql: string, params?: unknown[]) => (await observer.query<R>(sql, params)).rows,
    close: async () => {
      await Promise.all([api.close(), worker.close(), observer.end()]);
      await database.drop();
    },
  };
}

function apiContext(database: TestDatabase, audit: AuditLog, settlements: RememberedSettlements): Promise<TestingModule> {
  return Test.createTestingModule({
    imports: [
      DatabaseModule.forRoot({ url: database.apiUrl, applicationName: 'bench-api', entities: ENTITIES, poolSize: 20 }),
      KeyringModule.forRoot(TEST_KEYS),
      QueueModule.forProducer({ url: database.apiUrl }),
      VerificationModule.forRequests({
        hashKey: 'k'.repeat(32),
        defaultProvider: 'netocr',
        listeners: [RememberedSettlements],
        imports: [
          provided(RememberedSettlements, settlements),
          { module: ReadingsModule, providers: [ReceiptStore, CorrectionStore, ReceiptReadings], exports: [ReceiptReadings] },
        ],
      }),
    ],
  })
    .overrideProvider(AuditLog)
    .useValue(audit)
    .compile();
}

function workerContext(
  database: TestDatabase,
  audit: AuditLog,
  settlements: RememberedSettlements,
  egress: EgressClient,
): Promise<TestingModule> {
  return Test.createTestingModule({
    imports: [
      DatabaseModule.forRoot({ url: database.workerUrl, applicationName: 'bench-worker', entities: ENTITIES }),
      KeyringModule.forRoot(TEST_KEYS),
      QueueModule.forProducer({ url: database.workerUrl }),
      VerificationModule.forSending({
        listeners: [RememberedSettlements],
        imports: [provided(RememberedSettlements, settlements), provided(EgressClient, egress)],
      }),
    ],
  })
    .overrideProvider(AuditLog)
    .useValue(audit)
    .compile();
}

@Module({})
class ReadingsModule {}

/** A global module that gives out one ready-made object. */
export function provided<T>(token: abstract new (...args: never[]) => T, value: T): DynamicModule {
  @Module({})
  class Provided {}
  return { module: Provided, global: true, providers: [{ provide: token, useValue: value }], exports: [token] };
}

async function newTenant(observer: Client, name: string): Promise<TenantContext> {
  const tenantId = uuidv7();
  await observer.query('insert into tenant (id, name) values ($1, $2)', [tenantId, name]);
  return { tenantId, actor: { type: 'apiKey', id: `key-of-${name}`, name } };
}
