import { AuditEntry } from '@app/audit';
import {
  ApprovalView,
  BillPage,
  type Elements,
  ErasureProofPage,
  LegalHoldView,
  Problem,
  ReceiptView,
  type RetentionDays,
  RetentionPreview,
  RetentionView,
  VerificationView,
} from '@app/contracts';
import { DatabaseModule, UnitOfWork } from '@app/database';
import { Clock, DEFAULT_RULES, PrivacyModule, RetentionRun, RetentionSchedule } from '@app/privacy';
import { KeyringModule } from '@app/keyring';
import { QueueModule } from '@app/queue';
import { Correction, Receipt } from '@app/receipts';
import { FileObjectStore, ObjectStore, StorageModule } from '@app/storage';
import { Attempt, BatchRow, Verification, VerificationBatch, VerificationStore } from '@app/verification';
import { WebhookDelivery, WebhookEndpoint, WebhookEvent } from '@app/webhooks';
import { Test, type TestingModule } from '@nestjs/testing';
import sharp from 'sharp';
import { v7 as uuidv7 } from 'uuid';
import { type ApiBench, createApiBench } from '../../../../test/support/api-bench';
import { forPurpose } from '../../../../test/support/for-purpose';
import { foundBy } from '../../../../test/support/found-bills';
import { TEST_KEYS } from '../../../../test/support/test-keys';
import { madeUpReading } from '../../../../test/support/made-up-reading';
import { answered, newElements } from '../../../../test/support/verification-bench';

const DAY_MS = 86_400_000;
const SECRETS = ['欧阳娜娜', '糖尿病检查', '李大伟'];
const ENTITIES = [
  ...[AuditEntry, Receipt, Correction, Verification, Attempt, VerificationBatch, BatchRow],
  ...[WebhookEndpoint, WebhookEvent, WebhookDelivery],
];

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

describe('retention', () => {
  const clock = new OtherClock();
  let bench: ApiBench;
  let worker: TestingModule;
  let store: FailingStore;

  beforeAll(async () => {
    bench = await createApiBench();
    store = new FailingStore(bench.storageDirectory);
    worker = await Test.createTestingModule({
      imports: [
        DatabaseModule.forRoot({ url: bench.workerUrl, applicationName: 'spec-retention', entities: ENTITIES }),
        KeyringModule.forRoot(TEST_KEYS),
        QueueModule.forProducer({ url: bench.workerUrl }),
        StorageModule.forRoot({ directory: bench.storageDirectory }),
        PrivacyModule.forErasing(),
      ],
    })
      .overrideProvider(Clock)
      .useValue(clock)
      .overrideProvider(ObjectStore)
      .useValue(store)
      .compile();
  });
  afterAll(async () => {
    await worker.close();
    await bench.close();
  });
  beforeEach(async () => {
    clock.ahead = 0;
    store.failures = 0;
    store.deleted = [];
    await set({ ...DEFAULT_RULES.days, rejected: null });
  });

  const json = { 'content-type': 'application/json' };
  const asked = async <T>(schema: { parse(value: unknown): T }, path: string, init: RequestInit & { key?: string } = {}): Promise<T> =>
    schema.parse(await (await bench.fetch(path, init)).json());
  const put = (body: object, key = bench.keys[0]): Promise<Response> =>
    bench.fetch('/v1/retention', { method: 'PUT', body: JSON.stringify(body), headers: json, key });
  const rules = (): Promise<RetentionView> => asked(RetentionView, '/v1/retention');
  /** One proposes, another one approves. */
  async function approved(body: object, tenant: 0 | 1 = 0): Promise<Response> {
    const proposal = await put(body, bench.keys[tenant]);
    expect(proposal.status).toBe(202);
    return bench.decide(ApprovalView.parse(await proposal.json()), bench.person('securityAdministrator', { tenant }));
  }
  async function set(days: Partial<RetentionDays>): Promise<void> {
    expect((await approved({ basedOn: (await rules()).version, days })).status).toBe(200);
  }
  const run = (tenant: 0 | 1 = 0, signal = new AbortController().signal): Promise<void> =>
    worker.get(RetentionRun).run({ tenantId: bench.tenantIds[tenant], day: '2026-11-26' }, { id: uuidv7(), signal });
  const receiptOf = (id: string, path = ''): Promise<ReceiptView> => asked(ReceiptView, `/v1/receipts/${id}${path}`);
  const verificationOf = (id: string): Promise<VerificationView> => asked(VerificationView, `/v1/verifications/${id}`, forPurpose());
  const proofsOf = (recordId: string): Promise<{ class: string; rule: string; sha256: string; object_count: number }[]> =>
    bench.rows('select class, rule, sha256, object_count from erasure_proof where record_id = $1 order by id', [recordId]);
  const erasuresOf = (recordId: string): Promise<object[]> =>
    bench.rows(`select detail from audit_entry where action = 'retention.erase' and target_id = $1`, [recordId]);
  const problemOf = async (path: string, init: RequestInit & { key?: string } = {}): Promise<[number, string]> => {
    const response = await bench.fetch(path, init);
    return [response.status, Problem.parse(await response.json()).code];
  };
  /** Rows in which something personal is left, sealed or as what it is found by. */
  async function left(): Promise<object> {
    const counts = {
      receipt: 'num_nonnulls(reading_sealed, file_name_sealed, original_key_sealed) > 0',
      receipt_correction: 'true',
      verification: 'face_sealed is not null',
      attempt: 'provider_message_sealed is not null',
      provider_reply: 'true',
      bill: `num_nonnulls(payer_hash, payer_code_hash) > 0 or item_terms <> '{}' or name_terms <> '{}'`,
      bill_item: 'true',
    };
    const count = async ([table, condition]: [string, string]): Promise<[string, number]> => {
      const [row] = await bench.rows<{ count: number }>(`select count(*)::int as count from ${table} where ${condition}`);
      return [table, row!.count];
    };
    const found = await Promise.all(Object.entries(counts).map(count));
    return Object.fromEntries(found.filter(([, rows]) => rows > 0));
  }
  /** What was read of the receipt, as the verification has it. */
  const readFaceOf = async (id: string): Promise<unknown> => {
    const tenant = { tenantId: bench.tenantIds[0], actor: { type: 'worker' as const, id: 'spec', name: 'spec' } };
    return (await worker.get(UnitOfWork).run(tenant, (tx) => worker.get(VerificationStore).find(tx, id)))?.readFace;
  };

  interface Bill {
    receiptId: string;
    verificationId: string;
    elements: Elements;
  }
  /** A bill that was uploaded, read, corrected and verified; a payer of another name is no green light. */
  async function bill(payer = SECRETS[0]!): Promise<Bill> {
    const elements = newElements();
    const receiptId = await uploaded(elements);
    bench.egress.willSay(answered('0', { ...elements, reversed: false, payer, payee: '示例市第一医院', title: '医疗门诊收费票据' }));
    const verification = await asked(VerificationView, '/v1/verifications', {
      method: 'POST',
      body: JSON.stringify({ receiptId }),
      headers: { ...json, prefer: 'wait=20' },
    });
    const body = JSON.stringify({ basedOn: 0, fields: { payer: SECRETS[0] } });
    await bench.fetch(`/v1/receipts/${receiptId}/bills/1/corrections`, { method: 'POST', body, headers: json });
    return { receiptId, verificationId: verification.id, elements };
  }
  async function uploaded(elements: Elements, decision: 'auto' | 'refuse' = 'auto'): Promise<string> {
    bench.reader.script = () => {
      const reading = madeUpReading(elements, { decision, fields: { payer: SECRETS[0]!, payee: '示例市第一医院' } });
      const item = { itemCode: '', itemName: SECRETS[1]!, unit: '', quantity: '', standard: '', amount: '', itemRemark: '' };
      return { ...reading, bills: reading.bills.map((one) => ({ ...one, items: [item] })) };
    };
    const png = await sharp({ create: { width: 40, height: 30, channels: 3, background: '#fff' } })
      .png()
      .toBuffer();
    bench.reader.pages = [{ mediaType: 'image/webp', bytes: png }];
    const headers = { prefer: 'wait=20', 'content-type': 'image/png' };
    const receipt = await asked(ReceiptView, '/v1/receipts', { method: 'POST', body: new Uint8Array(png), headers });
    return receipt.id;
  }

  describe('rules', () => {
    it('are the installation’s until others are set, each version on record', async () => {
      const theirs = await asked(RetentionView, '/v1/retention', { key: bench.keys[1] });
      expect(theirs).toEqual({ version: 0, days: DEFAULT_RULES.days, setBy: null, setAt: null });
      const { version } = await rules();
      const proposal = ApprovalView.parse(await (await put({ basedOn: version, days: { detail: 200 } })).json());
      expect(proposal).toMatchObject({ kind: 'retention.set', changes: [{ field: 'detail', before: '180', after: '200' }] });
      expect((await rules()).version).toBe(version);
      expect((await bench.decide(proposal, bench.keys[0])).status).toBe(403);
      expect((await bench.decide(proposal, bench.person('securityAdministrator'))).status).toBe(200);
      expect(await rules()).toMatchObject({
        version: version + 1,
        days: { detail: 200, rejected: null },
        setBy: { name: 'securityAdministrator' },
      });
      const [entry] = await bench.rows<{ detail: object }>(
        `select detail from audit_entry where action = 'retention.set' order by id desc`,
      );
      expect(entry!.detail).toEqual({ version: version + 1, detail: 200 });
    });

    it('are set by whoever saw those that stand, and never for the verdict', async () => {
      const { version } = await rules();
      expect((await put({ basedOn: version - 1, days: { detail: 1 } })).status).toBe(409);
      for (const days of [{ verdict: 1 }, { detail: 0 }, { detail: 1.5 }, { detail: 36_501 }, { all: 1 }]) {
        expect([days, (await put({ basedOn: version, days })).status]).toEqual([days, 422]);
      }
      const reader = await bench.newKey('retention.read');
      expect((await put({ basedOn: version, days: {} }, reader)).status).toBe(403);
    });
  });

  it('erases what providers told on the day it is due and not before; verdict, flags, charge, original and reading stay', async () => {
    const { receiptId, verificationId } = await bill();
    const before = await verificationOf(verificationId);
    expect(before).toMatchObject({ verdict: 'valid', erased: [], face: { payer: SECRETS[0] } });
    clock.ahead = 180 * DAY_MS - 60_000;
    await run();
    expect((await verificationOf(verificationId)).face!.payer).toBe(SECRETS[0]);
    clock.ahead = 180 * DAY_MS + 60_000;
    await run();
    await run();
    const { version } = await rules();
    const after = await verificationOf(verificationId);
    expect(after).toMatchObject({
      ...{ verdict: 'valid', charge: before.charge, outcome: 'MATCH', reviewNeeded: before.reviewNeeded },
      face: { payer: null, items: [], otherInfo: [], reversed: false, payee: '示例市第一医院' },
      erased: [{ part: 'detail', rule: `retention/${version}` }],
    });
    expect(await bench.rows('select from provider_reply')).toEqual([]);
    const proofs = await proofsOf(verificationId);
    expect(proofs).toEqual([
      { class: 'detail', rule: `retention/${version}`, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) as string, object_count: 0 },
    ]);
    expect(await erasuresOf(verificationId)).toHaveLength(1);
    expect((await receiptOf(receiptId, '/review')).reading!.bills[0]!.fields.payer!.value).toBe(SECRETS[0]);
    expect((await bench.fetch(`/v1/receipts/${receiptId}/image`, forPurpose())).status).toBe(200);
  });

  it('never turns a contradiction green for want of what contradicts', async () => {
    const { receiptId, verificationId, elements } = await bill(SECRETS[2]);
    expect(await verificationOf(verificationId)).toMatchObject({ verdict: 'unknown', reviewNeeded: true });
    const standing = await asked(BillPage, '/v1/bills/search', foundBy({ billNumber: elements.billNumber }));
    await set({ personal: 1, original: null });
    clock.ahead = 181 * DAY_MS;
    await run();
    expect(await verificationOf(verificationId)).toMatchObject({ verdict: 'unknown', reviewNeeded: true, evidence: [] });
    expect(await receiptOf(receiptId)).toMatchObject({ state: 'read', reading: null, corrections: [], erased: [{ part: 'personal' }] });
    expect(await asked(BillPage, '/v1/bills/search', foundBy({ billNumber: elements.billNumber }))).toEqual(standing);
    // The identical elements are asked anew: a stored answer without its face would be compared with nothing.
    bench.egress.willSay(answered('0', { ...elements, reversed: false, payer: SECRETS[2] }));
    const again = await asked(VerificationView, '/v1/verifications', {
      method: 'POST',
      body: JSON.stringify({ elements }),
      headers: { ...json, prefer: 'wait=20' },
    });
    expect(again.origin).toBe('upstream');
    const corrections = JSON.stringify({ basedOn: 0, fields: { payer: 'x' } });
    expect(await problemOf(`/v1/receipts/${receiptId}/bills/1/corrections`, { method: 'POST', body: corrections, headers: json })).toEqual([
      410,
      'erased',
    ]);
  });

  it('erases originals with their pictures, and the reading with them; nothing personal is left anywhere', async () => {
    const { receiptId, verificationId } = await bill();
    expect(Object.keys(await left())).toEqual(
      expect.arrayContaining(['receipt', 'verification', 'bill', 'bill_item', 'receipt_correction']),
    );
    expect(await readFaceOf(verificationId)).not.toBeNull();
    const [row] = await bench.rows<{ sha256: string; object_key: string }>('select sha256, object_key from receipt where id = $1', [
      receiptId,
    ]);
    await set({ original: 400, detail: 180 });
    clock.ahead = 401 * DAY_MS;
    await run();
    expect(store.deleted).toEqual(expect.arrayContaining([row!.object_key, `${row!.object_key}.page-1.webp`]));
    for (const path of ['/image', '/pages/1/image']) expect(await problemOf(`/v1/receipts/${receiptId}${path}`)).toEqual([410, 'erased']);
    const response = await bench.fetch(`/v1/receipts/${receiptId}/image`);
    expect(Problem.parse(await response.json()).detail).toMatch(/^Erased on \d{4}-.*Z by retention\/\d+$/);
    expect((await receiptOf(receiptId)).erased.map(({ part }) => part)).toEqual(['original', 'personal']);
    // The room that they took counts as free.
    const [use] = await bench.rows<{ isRight: boolean }>(
      `select u.used = (select coalesce(sum(byte_size), 0) from receipt r where r.tenant_id = u.tenant_id and r.original_erased_at is null) as "isRight"
       from quota_use u where u.tenant_id = $1 and u.kind = 'storedBytes'`,
      [bench.tenantIds[0]],
    );
    expect(use).toEqual({ isRight: true });
    const proofs = await proofsOf(receiptId);
    expect(proofs.map((proof) => [proof.class, proof.object_count])).toEqual(
      expect.arrayContaining([
        ['original', 2],
        ['personal', 0],
      ]),
    );
    expect(proofs.find((proof) => proof.class === 'original')!.sha256).toBe(row!.sha256);
    expect(await left()).toEqual({});
    expect(await readFaceOf(verificationId)).toBeNull();
    expect(await receiptOf(receiptId)).toMatchObject({ fileName: '' });
    expect(await bench.storedFiles()).toEqual([]);
    const page = await asked(ErasureProofPage, '/v1/retention/erasures?limit=1');
    expect([page.items.length, page.next === null]).toEqual([1, false]);
    expect((await asked(ErasureProofPage, '/v1/retention/erasures', { key: bench.keys[1] })).items).toEqual([]);
  });

  it('goes on where it was stopped: what is marked is gone for everyone, and is proven once', async () => {
    const first = await uploaded(newElements());
    await set({ original: 1, detail: null });
    clock.ahead = 2 * DAY_MS;
    store.failures = 1;
    await expect(run()).rejects.toThrow('the object store is away');
    expect(await problemOf(`/v1/receipts/${first}/image`)).toEqual([410, 'erased']);
    const proven = async (): Promise<number> => (await proofsOf(first)).filter((proof) => proof.class === 'original').length;
    expect([await proven(), (await bench.storedFiles()).length]).toEqual([0, 2]);
    // Killed after the first of two objects.
    store.failures = 0;
    const killed = jest.spyOn(store, 'delete').mockImplementationOnce(async (key) => FileObjectStore.prototype.delete.call(store, key));
    killed.mockImplementationOnce(() => Promise.reject(new RangeError('killed')));
    await expect(run()).rejects.toThrow('killed');
    killed.mockRestore();
    expect([await proven(), (await bench.storedFiles()).length]).toEqual([0, 1]);
    await set({ original: null, personal: null });
    await Promise.all([run(), run()]);
    expect(await proven()).toBe(1);
    expect(await erasuresOf(first)).toHaveLength(2);
    expect(await bench.storedFiles()).toEqual([]);
    expect(await bench.rows('select from erasure_mark')).toEqual([]);
  });

  it('erases nothing when the audit cannot be written', async () => {
    const { verificationId } = await bill();
    await bench.rows(`alter table audit_entry add constraint no_erase check (action <> 'retention.erase') not valid`);
    clock.ahead = 181 * DAY_MS;
    await expect(run()).rejects.toThrow();
    await bench.rows('alter table audit_entry drop constraint no_erase');
    expect((await verificationOf(verificationId)).face!.payer).toBe(SECRETS[0]);
    await run();
    expect(await proofsOf(verificationId)).toHaveLength(1);
  });

  it('erases rejected uploads, drafts and messages in their own time', async () => {
    const refused = await uploaded(newElements(), 'refuse');
    const kept = await uploaded(newElements());
    const draft = await bench.fetch('/v1/verification-batches/from-receipts', {
      method: 'POST',
      body: JSON.stringify({ receiptIds: [kept] }),
      headers: json,
    });
    const { id: batchId } = (await draft.json()) as { id: string };
    const eventId = uuidv7();
    await bench.rows(
      `insert into webhook_event (tenant_id, id, type, subject_id, payload, created_at) values ($1, $2, 'x', $2, '{}', now())`,
      [bench.tenantIds[0], eventId],
    );
    await set({ rejected: 30, draft: 40, delivery: 50, detail: null });
    const ids = [refused, batchId, eventId];
    const erased = async (): Promise<number[]> => Promise.all(ids.map(async (id) => (await proofsOf(id)).length));
    clock.ahead = 29 * DAY_MS;
    await run();
    expect(await erased()).toEqual([0, 0, 0]);
    clock.ahead = 31 * DAY_MS;
    await run();
    expect(await erased()).toEqual([2, 0, 0]);
    clock.ahead = 51 * DAY_MS;
    expect(await asked(RetentionPreview, '/v1/retention/preview')).toMatchObject({ due: { verdict: 0, draft: 0 } });
    await run();
    expect(await erased()).toEqual([2, 1, 1]);
    expect(await problemOf(`/v1/verification-batches/${batchId}`)).toEqual([404, 'not-found']);
    expect((await bench.fetch(`/v1/receipts/${kept}/image`, forPurpose())).status).toBe(200);
  });

  describe('a legal hold', () => {
    const place = (body: object, key = bench.keys[0]): Promise<Response> =>
      bench.fetch('/v1/legal-holds', { method: 'POST', body: JSON.stringify(body), headers: json, key });
    const release = (id: string, reason = '结案'): Promise<Response> =>
      bench.fetch(`/v1/legal-holds/${id}`, { method: 'DELETE', body: JSON.stringify({ reason }), headers: json });

    it.each(['receipt', 'bill'] as const)('on a %s keeps all that belongs to it until it is released', async (targetType) => {
      const { receiptId, verificationId, elements } = await bill();
      const other = await bill();
      const [known] = (await asked(BillPage, '/v1/bills/search', foundBy({ billNumber: elements.billNumber }))).items;
      const targetId = targetType === 'bill' ? known!.id : receiptId;
      const placed = await place({ targetType, targetId, reason: '诉讼 1234' });
      const hold = LegalHoldView.parse(await placed.json());
      expect([placed.status, hold.released]).toEqual([201, null]);
      await set({ original: 1, personal: 1, detail: 1 });
      clock.ahead = 3 * DAY_MS;
      await run();
      expect((await proofsOf(other.receiptId)).length).toBe(2);
      expect([await proofsOf(receiptId), await proofsOf(verificationId)]).toEqual([[], []]);
      expect((await bench.fetch(`/v1/receipts/${receiptId}/image`, forPurpose())).status).toBe(200);
      expect(LegalHoldView.parse(await (await release(hold.id)).json()).released).toMatchObject({ reason: '结案', by: { name: 'spec' } });
      expect((await release(hold.id)).status).toBe(409);
      await run();
      expect([(await proofsOf(receiptId)).length, (await proofsOf(verificationId)).length]).toEqual([2, 1]);
      const actions = await bench.rows<{ action: string }>(
        `select action from audit_entry where target_id = $1 and action like 'hold.%' order by id`,
        [targetId],
      );
      expect(actions.map(({ action }) => action)).toEqual(['hold.place', 'hold.release']);
    });

    it('is placed on nothing of another tenant', async () => {
      const id = await uploaded(newElements());
      const body = { targetType: 'receipt', targetId: id, reason: 'theirs' };
      expect((await place(body, bench.keys[1])).status).toBe(404);
      expect((await place({ ...body, reason: ' ' })).status).toBe(422);
    });
  });

  it('touches nothing of another tenant', async () => {
    const id = await uploaded(newElements());
    expect((await approved({ basedOn: 0, days: { original: 1 } }, 1)).status).toBe(200);
    clock.ahead = 3 * DAY_MS;
    await run(1);
    expect(await proofsOf(id)).toEqual([]);
    expect((await bench.fetch(`/v1/receipts/${id}/image`, forPurpose())).status).toBe(200);
  });

  it('begins one run a tenant and day, however many workers look', async () => {
    const schedule = worker.get(RetentionSchedule);
    clock.ahead = 5_000 * DAY_MS;
    const begun = await Promise.all([schedule.beginDay(), schedule.beginDay(), schedule.beginDay()]);
    expect(begun.reduce((sum, count) => sum + count, 0)).toBe(2);
    expect(await schedule.beginDay()).toBe(0);
    const jobs = await bench.rows<{ tenant: string }>(
      `select data->>'tenantId' as tenant from pgboss.job where name = 'retention.run' order by 1`,
    );
    expect(jobs.map(({ tenant }) => tenant)).toEqual([...bench.tenantIds].sort());
  });

  it.each(["update erasure_proof set rule = 'x'", 'delete from erasure_proof', 'truncate erasure_proof'])(
    'lets nobody change a proof: %s',
    async (change) => {
      await expect(bench.rows(change)).rejects.toThrow('proofs of erasure are never changed');
    },
  );
});
