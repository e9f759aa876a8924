import { AuditEntry } from '@app/audit';
import { ApprovalView, type Elements, Problem, ReceiptView, type RetentionDays, RetentionView, VerificationView } from '@app/contracts';
import { DatabaseModule, UnitOfWork } from '@app/database';
import { KeyringModule } from '@app/keyring';
import { Clock, DEFAULT_RULES, PrivacyModule, RetentionRun } from '@app/privacy';
import { QueueModule } from '@app/queue';
import { Correction, Receipt } from '@app/receipts';
import { FileObjectStore, ObjectStore, StorageModule } from '@app/storage';
import { Attempt, BatchRow, Verification, VerificationBatch, VerificationStore } from '@app/verification';
import { WebhookDelivery, WebhookEndpoint, WebhookEvent } from '@app/webhooks';
import { Test, type TestingModule } from '@nestjs/testing';
import sharp from 'sharp';
import { v7 as uuidv7 } from 'uuid';
import { type ApiBench, createApiBench } from './api-bench';
import { madeUpReading } from './made-up-reading';
import { TEST_KEYS } from './test-keys';
import { answered, newElements } from './verification-bench';
import { forPurpose } from './for-purpose';

export const DAY_MS = 86_400_000;
/** A payer, an item of theirs, and another payer: nothing personal of a bill may be left once it is erased. */
export const SECRETS = ['欧阳娜娜', '糖尿病检查', '李大伟'] as const;
const ENTITIES = [
  ...[AuditEntry, Receipt, Correction, Verification, Attempt, VerificationBatch, BatchRow],
  ...[WebhookEndpoint, WebhookEvent, WebhookDelivery],
];
const JSON_BODY = { 'content-type': 'application/json' };
/** People write names into it. */
export const BASIS = { 'x-piaoyan-consent-reference': encodeURIComponent(`${SECRETS[0]}同意书`) };

class OtherClock extends Clock {
  ahead = 0;

  override now(): Date {
    return new Date(Date.now() + this.ahead);
  }
}

/** The files of the bench, in a store that is away as often as the test says. */
class FailingStore extends FileObjectStore {
  failures = 0;
  deleted: string[] = [];

  override async delete(key: string): Promise<void> {
    if (this.failures > 0) {
      this.failures -= 1;
      throw new RangeError('the object store is away');
    }
    this.deleted.push(key);
    await super.delete(key);
  }
}

/** A bill that was uploaded and verified. */
export interface ErasableBill {
  receiptId: string;
  verificationId: string;
  elements: Elements;
}

/** An api and the part of a worker that erases, with a clock of their own for the latter. */
export class RetentionBench {
  readonly clock = new OtherClock();

  private constructor(
    readonly api: ApiBench,
    readonly store: FailingStore,
    private readonly made: { worker?: TestingModule },
  ) {}

  static async create(): Promise<RetentionBench> {
    const api = await createApiBench();
    const bench = new RetentionBench(api, new FailingStore(api.storageDirectory), {});
    bench.made.worker = await Test.createTestingModule({
      imports: [
        DatabaseModule.forRoot({ url: api.workerUrl, applicationName: 'spec-retention', entities: ENTITIES }),
        KeyringModule.forRoot(TEST_KEYS),
        QueueModule.forProducer({ url: api.workerUrl }),
        StorageModule.forRoot({ directory: api.storageDirectory }),
        PrivacyModule.forErasing(),
      ],
    })
      .overrideProvider(Clock)
      .useValue(bench.clock)
      .overrideProvider(ObjectStore)
      .useValue(bench.store)
      .compile();
    return bench;
  }

  get worker(): TestingModule {
    if (this.made.worker === undefined) throw new Error('the bench was not created');
    return this.made.worker;
  }

  async close(): Promise<void> {
    await this.worker.close();
    await this.api.close();
  }

  /** Today, a store that is there, and the installation's rules, but that nothing is rejected by time. */
  async reset(): Promise<void> {
    this.clock.ahead = 0;
    this.store.failures = 0;
    this.store.deleted = [];
    await this.set({ ...DEFAULT_RULES.days, rejected: null });
  }

  async asked<T>(schema: { parse(value: unknown): T }, path: string, init: RequestInit & { key?: string } = {}): Promise<T> {
    return schema.parse(await (await this.api.fetch(path, init)).json());
  }

  put(body: object, key = this.api.keys[0]): Promise<Response> {
    return this.api.fetch('/v1/retention', { method: 'PUT', body: JSON.stringify(body), headers: JSON_BODY, key });
  }

  rules(): Promise<RetentionView> {
    return this.asked(RetentionView, '/v1/retention');
  }

  /** One proposes, another one approves. */
  async approved(body: object, tenant: 0 | 1 = 0): Promise<Response> {
    const proposal = await this.put(body, this.api.keys[tenant]);
    expect(proposal.status).toBe(202);
    return this.api.decide(ApprovalView.parse(await proposal.json()), this.api.person('securityAdministrator', { tenant }));
  }

  async set(days: Partial<RetentionDays>): Promise<void> {
    expect((await this.approved({ basedOn: (await this.rules()).version, days })).status).toBe(200);
  }

  run(tenant: 0 | 1 = 0): Promise<void> {
    const job = { id: uuidv7(), signal: new AbortController().signal };
    return this.worker.get(RetentionRun).run({ tenantId: this.api.tenantIds[tenant], day: '2026-11-26' }, job);
  }

  receiptOf(id: string): Promise<ReceiptView> {
    return this.asked(ReceiptView, `/v1/receipts/${id}`);
  }

  verificationOf(id: string): Promise<VerificationView> {
    return this.asked(VerificationView, `/v1/verifications/${id}`, forPurpose());
  }

  proofsOf(recordId: string): Promise<{ class: string; rule: string; sha256: string; object_count: number }[]> {
    return this.api.rows('select class, rule, sha256, object_count from erasure_proof where record_id = $1 order by id', [recordId]);
  }

  /** Kinds of what bases are kept for, of these. */
  async basesOf(...ids: string[]): Promise<string[]> {
    const found = await this.api.rows<{ kind: string }>(
      'select target_type as kind from processing_basis where target_id = any($1) order by target_type',
      [ids],
    );
    return found.map(({ kind }) => kind);
  }

  erasuresOf(recordId: string): Promise<object[]> {
    return this.api.rows(`select detail from audit_entry where action = 'retention.erase' and target_id = $1`, [recordId]);
  }

  async problemOf(path: string, init: RequestInit & { key?: string } = {}): Promise<[number, string]> {
    const response = await this.api.fetch(path, init);
    return [response.status, Problem.parse(await response.json()).code];
  }

  /** Rows in which something personal is left, sealed or as what it is found by. */
  async left(): Promise<object> {
    const counts = {
      receipt: 'num_nonnulls(reading_sealed, file_name_sealed, original_key_sealed) > 0',
      receipt_correction: 'true',
      verification: 'face_sealed is not null',
      attempt: 'provider_message_sealed is not null',
      provider_reply: 'true',
      bill: `num_nonnulls(payer_hash, payer_code_hash) > 0 or item_terms <> '{}' or name_terms <> '{}'`,
      bill_item: 'true',
      processing_basis: 'true',
    };
    const count = async ([table, condition]: [string, string]): Promise<[string, number]> => {
      const [row] = await this.api.rows<{ count: number }>(`select count(*)::int as count from ${table} where ${condition}`);
      return [table, row!.count];
    };
    const found = await Promise.all(Object.entries(counts).map(count));
    return Object.fromEntries(found.filter(([, rows]) => rows > 0));
  }

  /** What was read of the receipt, as the verification has it. */
  async readFaceOf(id: string): Promise<unknown> {
    const tenant = { tenantId: this.api.tenantIds[0], actor: { type: 'worker' as const, id: 'spec', name: 'spec' } };
    return (await this.worker.get(UnitOfWork).run(tenant, (tx) => this.worker.get(VerificationStore).find(tx, id)))?.readFace;
  }

  /** A bill that was uploaded, read, corrected and verified; a payer of another name is no green light. */
  async bill(payer: string = SECRETS[0]): Promise<ErasableBill> {
    const elements = newElements();
    const receiptId = await this.uploaded(elements);
    this.api.egress.willSay(answered('0', { ...elements, reversed: false, payer, payee: '示例市第一医院', title: '医疗门诊收费票据' }));
    const verification = await this.asked(VerificationView, '/v1/verifications', {
      method: 'POST',
      body: JSON.stringify({ receiptId }),
      headers: { ...JSON_BODY, ...BASIS, prefer: 'wait=20' },
    });
    const body = JSON.stringify({ basedOn: 0, fields: { payer: SECRETS[0] } });
    await this.api.fetch(`/v1/receipts/${receiptId}/bills/1/corrections`, { method: 'POST', body, headers: JSON_BODY });
    return { receiptId, verificationId: verification.id, elements };
  }

  async uploaded(elements: Elements, decision: 'auto' | 'refuse' = 'auto'): Promise<string> {
    this.api.reader.script = () => {
      const reading = madeUpReading(elements, { decision, fields: { payer: SECRETS[0], payee: '示例市第一医院' } });
      const item = { itemCode: '', itemName: SECRETS[1], unit: '', quantity: '', standard: '', amount: '', itemRemark: '' };
      return { ...reading, bills: reading.bills.map((one) => ({ ...one, items: [item] })) };
    };
    const png = await sharp({ create: { width: 40, height: 30, channels: 3, background: '#fff' } })
      .png()
      .toBuffer();
    this.api.reader.pages = [{ mediaType: 'image/webp', bytes: png }];
    const headers = { prefer: 'wait=20', 'content-type': 'image/png', ...BASIS };
    return (await this.asked(ReceiptView, '/v1/receipts', { method: 'POST', body: new Uint8Array(png), headers })).id;
  }
}
