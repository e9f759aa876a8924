import { AuditEntry } from '@app/audit';
import { type WebhookDeliveryState, WebhookDeliveryQuery, WebhookTargets } from '@app/contracts';
import { DatabaseModule, type TenantContext, UnitOfWork } from '@app/database';
import { KeyringModule } from '@app/keyring';
import { QueueModule } from '@app/queue';
import { Test, type TestingModule } from '@nestjs/testing';
import { Client } from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { createTestDatabase, type TestDatabase } from '../../../test/support/test-database';
import { status, WebhookReceiver } from '../../../test/support/webhook-receiver';
import { WebhookDelivery } from './delivery/webhook-delivery.entity';
import { WebhookDeliveries } from './delivery/webhook-deliveries.service';
import { WebhookDelivering } from './delivery/webhook-delivering';
import { WebhookEvent } from './delivery/webhook-event.entity';
import { MAX_TRIES } from './delivery/retry-delay';
import { WebhookEndpoint } from './endpoint/webhook-endpoint.entity';
import { MAX_ENDPOINTS, WebhookEndpoints } from './endpoint/webhook-endpoints.service';
import { type WebhookNews, WebhookOutbox } from './webhook-outbox';
import { WebhooksModule } from './webhooks.module';

const ENTITIES = [AuditEntry, WebhookEndpoint, WebhookEvent, WebhookDelivery];
const KEYS = KeyringModule.forRoot({ masterKey: 'e'.repeat(64), suite: 'standard' });
const NEVER = new AbortController().signal;
const EVERYTHING = WebhookDeliveryQuery.parse({});

interface Job {
  data: { tenantId: string; deliveryId: string; number: number };
  waitSeconds: number;
}

describe('webhooks', () => {
  let database: TestDatabase;
  let observer: Client;
  let receiver: WebhookReceiver;
  let api: TestingModule;
  let worker: TestingModule;
  let endpoints: WebhookEndpoints;
  let deliveries: WebhookDeliveries;
  let ours: TenantContext;
  let theirs: TenantContext;
  beforeAll(async () => {
    database = await createTestDatabase();
    observer = new Client({ connectionString: database.superuserUrl });
    await observer.connect();
    receiver = await WebhookReceiver.start();
    const targets = WebhookTargets.parse(`${receiver.origin}, https://erp.bank.example`);
    api = await context(database.apiUrl, WebhooksModule.forManaging({ targets }));
    worker = await context(database.workerUrl, WebhooksModule.forDelivering({ targets, guarded: [] }));
    endpoints = api.get(WebhookEndpoints, { strict: false });
    deliveries = api.get(WebhookDeliveries, { strict: false });
  });
  afterAll(async () => {
    await Promise.all([api.close(), worker.close(), observer.end(), receiver.stop()]);
    await database.drop();
  });
  beforeEach(async () => {
    receiver.messages.length = 0;
    receiver.willAnswer();
    [ours, theirs] = [await newTenant(), await newTenant()];
  });

  const context = (url: string, webhooks: ReturnType<typeof WebhooksModule.forEmitting>): Promise<TestingModule> =>
    Test.createTestingModule({
      imports: [
        DatabaseModule.forRoot({ url, applicationName: 'spec', entities: ENTITIES }),
        KEYS,
        QueueModule.forProducer({ url }),
        webhooks,
      ],
    }).compile();

  async function newTenant(): Promise<TenantContext> {
    const tenantId = uuidv7();
    await observer.query('insert into tenant (id, name) values ($1::uuid, $1::text)', [tenantId]);
    return { tenantId, actor: { type: 'apiKey', id: 'key-1', name: 'erp' } };
  }

  const settled = (verificationId = uuidv7()): WebhookNews => ({
    type: 'verification.settled',
    subjectId: verificationId,
    data: {
      verificationId,
      receiptId: null,
      idempotencyKey: 'claim-1',
      state: 'answered',
      verdict: 'valid',
      outcome: 'MATCH',
      charge: 'charged',
    },
  });
  const newEndpoint = (tenant = ours, changes: Partial<Parameters<WebhookEndpoints['create']>[1]> = {}) =>
    endpoints.create(tenant, { url: `${receiver.origin}/hook`, description: '', eventTypes: ['verification.settled'], ...changes });
  const emit = (tenant: TenantContext, ...news: WebhookNews[]): Promise<void> =>
    api.get(UnitOfWork).run(tenant, (tx) => api.get(WebhookOutbox, { strict: false }).emit(tx, ...news));
  const jobsOf = async ({ tenantId }: TenantContext): Promise<Job[]> => {
    const { rows } = await observer.query<Job>(
      `select data, extract(epoch from start_after - created_on)::float as "waitSeconds" from pgboss.job
       where name = 'webhook.deliver' and data->>'tenantId' = $1 order by created_on, data->>'number'`,
      [tenantId],
    );
    return rows;
  };
  const run = (data: Job['data']): Promise<void> =>
    worker.get(WebhookDelivering, { strict: false }).deliver(data, { id: 'job-1', signal: NEVER });
  /** Runs every job of the tenant, those included that the runs add, without waiting for their times. */
  const runAll = async (tenant: TenantContext): Promise<void> => {
    for (let done = 0; ; done += 1) {
      const job = (await jobsOf(tenant))[done];
      if (job === undefined) return;
      await run(job.data);
    }
  };
  const all = async (tenant: TenantContext) => (await deliveries.page(tenant, EVERYTHING)).items;
  const statesOf = async (tenant: TenantContext): Promise<WebhookDeliveryState[]> =>
    (await all(tenant)).map(({ delivery }) => delivery.state);
  const auditOf = async ({ tenantId }: TenantContext): Promise<string[]> => {
    const { rows } = await observer.query<{ action: string }>(
      `select action from audit_entry where tenant_id = $1 and action like 'webhook.%' order by id`,
      [tenantId],
    );
    return rows.map(({ action }) => action);
  };

  it('tell a receiver what happened, signed, and nothing else', async () => {
    const { secret } = await newEndpoint();
    const news = settled();
    await emit(ours, news);
    const [job] = await jobsOf(ours);
    expect(job).toMatchObject({ data: { tenantId: ours.tenantId, number: 1 }, waitSeconds: 0 });
    await run(job!.data);
    const [message] = receiver.messages;
    expect(message).toMatchObject({ method: 'POST', path: '/hook', headers: { 'content-type': 'application/json' } });
    expect(receiver.verified(message!, secret)).toEqual({ type: news.type, timestamp: expect.any(String) as string, data: news.data });
    expect(await all(ours)).toMatchObject([
      {
        delivery: { state: 'delivered', tries: 1, lastStatus: 204, lastError: null, eventId: message!.headers['webhook-id'] },
        event: { type: news.type, subjectId: news.subjectId },
      },
    ]);
    expect(await auditOf(ours)).toEqual(['webhook.create', 'webhook.deliver']);
  });

  it('write nothing where nobody listens, or not for that', async () => {
    await emit(ours, settled());
    const { endpoint } = await newEndpoint(ours, { eventTypes: ['receipt.read'] });
    const disabled = await newEndpoint();
    await endpoints.change(ours, disabled.endpoint.id, { state: 'disabled' });
    const removed = await newEndpoint();
    await endpoints.remove(ours, removed.endpoint.id);
    await newEndpoint(theirs);
    await emit(ours, settled());
    expect([await all(ours), await jobsOf(ours), await all(theirs)]).toEqual([[], [], []]);
    await endpoints.change(ours, endpoint.id, { eventTypes: ['receipt.read', 'verification.settled'] });
    await emit(ours, settled());
    expect((await all(ours)).map(({ delivery }) => delivery.endpointId)).toEqual([endpoint.id]);
  });

  it('ask the database once where nobody listens', async () => {
    const statements: string[] = [];
    await api.get(UnitOfWork).run(ours, (tx) => {
      const manager = { query: (sql: string, values: unknown[]) => (statements.push(sql), tx.manager.query(sql, values)) };
      return api.get(WebhookOutbox, { strict: false }).emit({ ...tx, manager } as unknown as typeof tx, settled(), settled());
    });
    expect(statements).toHaveLength(1);
  });

  it('go out exactly when the transaction commits', async () => {
    await newEndpoint();
    const rolledBack = api.get(UnitOfWork).run(ours, async (tx) => {
      await api.get(WebhookOutbox, { strict: false }).emit(tx, settled());
      throw new RangeError('no');
    });
    await expect(rolledBack).rejects.toThrow(RangeError);
    const { rows } = await observer.query('select from webhook_event where tenant_id = $1', [ours.tenantId]);
    expect([rows, await all(ours), await jobsOf(ours)]).toEqual([[], [], []]);
  });

  it('have no place for an element, a name or an address', async () => {
    await newEndpoint();
    for (const extra of [{ billNumber: '0041207735' }, { payer: '甲' }, { detailUrl: 'https://provider.example' }, { fileName: 'a.jpg' }]) {
      const news = settled();
      await expect(emit(ours, { ...news, data: { ...news.data, ...extra } } as WebhookNews)).rejects.toThrow('unrecognized_keys');
    }
    expect(await all(ours)).toEqual([]);
  });

  it('make one event of one message for several receivers', async () => {
    await newEndpoint();
    await newEndpoint(ours, { url: `${receiver.origin}/other` });
    await emit(ours, settled());
    await runAll(ours);
    expect(receiver.messages.map(({ path }) => path).sort()).toEqual(['/hook', '/other']);
    expect(new Set(receiver.messages.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
  });

  it('are tried again after a failure, later each time, with the same id and another time', async () => {
    const { secret, endpoint } = await newEndpoint();
    receiver.willAnswer(status(503), status(429), status(200));
    await emit(ours, settled());
    await runAll(ours);
    const waits = (await jobsOf(ours)).map(({ waitSeconds }) => waitSeconds);
    expect([waits[0], waits[1]! >= 5 && waits[1]! <= 6, waits[2]! >= 300 && waits[2]! <= 360, waits.length]).toEqual([0, true, true, 3]);
    expect(new Set(receiver.messages.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    for (const message of receiver.messages) expect(() => receiver.verified(message, secret)).not.toThrow();
    expect(await all(ours)).toMatchObject([{ delivery: { state: 'delivered', tries: 3, lastStatus: 200, lastError: null } }]);
    expect((await endpoints.get(ours, endpoint.id)).failingSince).toBeNull();
  });

  it('keep why a try failed, and since when the endpoint fails', async () => {
    const { endpoint } = await newEndpoint();
    receiver.willAnswer(status(500));
    await emit(ours, settled());
    const before = Date.now();
    await run((await jobsOf(ours))[0]!.data);
    const [first] = await all(ours);
    expect(first!.delivery).toMatchObject({ state: 'pending', tries: 1, lastStatus: 500, lastError: 'status' });
    expect(first!.delivery.nextTryAt!.getTime()).toBeGreaterThanOrEqual(before + 5_000);
    const { failingSince } = await endpoints.get(ours, endpoint.id);
    expect(failingSince).toBeInstanceOf(Date);
    receiver.willAnswer((response) => void response.destroy());
    await run((await jobsOf(ours))[1]!.data);
    expect((await all(ours))[0]!.delivery).toMatchObject({ tries: 2, lastStatus: null, lastError: 'connect' });
    expect((await endpoints.get(ours, endpoint.id)).failingSince).toEqual(failingSince);
  });

  it('leave a receiver alone that did not answer, and not the one beside it', async () => {
    await newEndpoint();
    receiver.willAnswer((response) => void response.destroy(), status(204));
    await emit(ours, settled(), settled());
    for (const { data } of await jobsOf(ours)) await run(data);
    expect((await all(ours)).map(({ delivery }) => delivery.lastError).sort()).toEqual(['connect', 'resting']);
    expect(receiver.messages).toHaveLength(1);
    await newEndpoint(theirs);
    await emit(theirs, settled());
    await runAll(theirs);
    expect(await statesOf(theirs)).toEqual(['delivered']);
  });

  it('do nothing when a job is run again after its try', async () => {
    await newEndpoint();
    receiver.willAnswer(status(500), status(200));
    await emit(ours, settled());
    const [job] = await jobsOf(ours);
    await run(job!.data);
    await run(job!.data);
    expect([receiver.messages.length, (await jobsOf(ours)).length]).toEqual([1, 2]);
  });

  it('are recorded once when two runs of the same job overlap', async () => {
    await newEndpoint();
    receiver.willAnswer(status(500));
    await emit(ours, settled());
    const [job] = await jobsOf(ours);
    await Promise.all([run(job!.data), run(job!.data)]);
    expect(await all(ours)).toMatchObject([{ delivery: { tries: 1 } }]);
    expect(await jobsOf(ours)).toHaveLength(2);
  });

  it('are not counted as tried when the process stops', async () => {
    await newEndpoint();
    await emit(ours, settled());
    const [job] = await jobsOf(ours);
    const stop = new AbortController();
    receiver.willAnswer(() => stop.abort(new RangeError('stopping')));
    const stopped = worker.get(WebhookDelivering, { strict: false }).deliver(job!.data, { id: 'job-1', signal: stop.signal });
    await expect(stopped).rejects.toThrow(RangeError);
    expect(await all(ours)).toMatchObject([{ delivery: { state: 'pending', tries: 0 } }]);
    receiver.willAnswer(status(200));
    await run(job!.data);
    expect(await statesOf(ours)).toEqual(['delivered']);
  });

  it('are given up after the last try, and re-driven one by one', async () => {
    await newEndpoint();
    receiver.willAnswer(status(500));
    await emit(ours, settled());
    await runAll(ours);
    expect(receiver.messages).toHaveLength(MAX_TRIES);
    const [dead] = (await deliveries.page(ours, { ...EVERYTHING, state: 'dead' })).items;
    expect(dead!.delivery).toMatchObject({ state: 'dead', tries: MAX_TRIES, lastStatus: 500, nextTryAt: null });
    receiver.willAnswer(status(200));
    await deliveries.redrive(ours, dead!.delivery.id);
    await runAll(ours);
    expect(await statesOf(ours)).toEqual(['delivered']);
    await expect(deliveries.redrive(ours, dead!.delivery.id)).rejects.toMatchObject({ code: 'webhook-not-dead' });
    expect(await auditOf(ours)).toEqual(['webhook.create', 'webhook.dead', 'webhook.redrive', 'webhook.deliver']);
  });

  it('are re-driven, too, when their next try never came', async () => {
    const { endpoint } = await newEndpoint();
    await emit(ours, settled(), settled());
    const ids = (await all(ours)).map(({ delivery }) => delivery.id);
    await expect(deliveries.redrive(ours, ids[0]!)).rejects.toMatchObject({ code: 'webhook-not-dead' });
    expect(await deliveries.redriveAll(ours, endpoint.id)).toEqual({ redriven: 0, isComplete: true });
    await observer.query(`update webhook_delivery set next_try_at = now() - interval '61 minutes' where tenant_id = $1`, [ours.tenantId]);
    await deliveries.redrive(ours, ids[0]!);
    expect(await deliveries.redriveAll(ours, endpoint.id)).toEqual({ redriven: 1, isComplete: true });
    // The jobs that were late after all do no harm.
    await runAll(ours);
    expect([receiver.messages.length, await statesOf(ours)]).toEqual([2, ['delivered', 'delivered']]);
  });

  it('are given up at once by 410, which disables the endpoint; re-driven together once it is enabled', async () => {
    const { endpoint } = await newEndpoint();
    receiver.willAnswer(status(410));
    await emit(ours, settled(), settled());
    await runAll(ours);
    expect(receiver.messages).toHaveLength(1);
    expect((await all(ours)).map(({ delivery }) => delivery.lastError).sort()).toEqual(['endpointDisabled', 'status']);
    expect(await endpoints.get(ours, endpoint.id)).toMatchObject({ state: 'disabled', disabledReason: 'gone' });
    await expect(deliveries.redriveAll(ours, endpoint.id)).rejects.toMatchObject({ code: 'webhook-disabled' });
    await expect(endpoints.test(ours, endpoint.id)).rejects.toMatchObject({ code: 'webhook-disabled' });
    await endpoints.change(ours, endpoint.id, { state: 'active' });
    receiver.willAnswer(status(204));
    expect(await deliveries.redriveAll(ours, endpoint.id)).toEqual({ redriven: 2, isComplete: true });
    await runAll(ours);
    expect(await statesOf(ours)).toEqual(['delivered', 'delivered']);
    expect(await auditOf(ours)).toEqual(expect.arrayContaining(['webhook.disable', 'webhook.redrive']));
  });

  it('disable an endpoint that fails for five days', async () => {
    const { endpoint } = await newEndpoint();
    receiver.willAnswer(status(500));
    const fail = async (): Promise<void> => {
      await emit(ours, settled());
      await run((await jobsOf(ours)).at(-1)!.data);
    };
    const failSince = (hours: number) =>
      observer.query(`update webhook_endpoint set failing_since = now() - make_interval(hours => $2) where id = $1`, [endpoint.id, hours]);
    await failSince(119);
    await fail();
    expect(await endpoints.get(ours, endpoint.id)).toMatchObject({ state: 'active' });
    await failSince(121);
    await emit(ours, settled());
    const fresh = (await jobsOf(ours)).filter(({ data }) => data.number === 1).at(-1)!;
    await run(fresh.data);
    expect(await endpoints.get(ours, endpoint.id)).toMatchObject({ state: 'disabled', disabledReason: 'failing' });
    expect((await auditOf(ours)).filter((action) => action === 'webhook.disable')).toHaveLength(1);
    await endpoints.change(ours, endpoint.id, { state: 'active' });
    expect(await endpoints.get(ours, endpoint.id)).toMatchObject({ state: 'active', failingSince: null, disabledReason: null });
  });

  it('are signed with both secrets during a rotation, and with one afterwards', async () => {
    const { secret: old, endpoint } = await newEndpoint();
    const { secret: current, endpoint: rotated } = await endpoints.rotate(ours, endpoint.id, 24);
    expect(rotated.previousSecretUntil!.getTime()).toBeGreaterThan(Date.now() + 23 * 3_600_000);
    await emit(ours, settled());
    await runAll(ours);
    const [during] = receiver.messages;
    expect(during!.headers['webhook-signature']).toMatch(/^v1,\S+ v1,\S+$/);
    for (const secret of [old, current]) expect(() => receiver.verified(during!, secret)).not.toThrow();
    await observer.query(`update webhook_endpoint set previous_secret_until = now() - interval '1 second' where id = $1`, [endpoint.id]);
    await endpoints.test(ours, endpoint.id);
    await runAll(ours);
    const after = receiver.messages.at(-1)!;
    expect(() => receiver.verified(after, current)).not.toThrow();
    expect(() => receiver.verified(after, old)).toThrow('No matching signature');
    const { secret: last } = await endpoints.rotate(ours, endpoint.id, 0);
    await endpoints.test(ours, endpoint.id);
    await runAll(ours);
    expect(() => receiver.verified(receiver.messages.at(-1)!, last)).not.toThrow();
    expect(() => receiver.verified(receiver.messages.at(-1)!, current)).toThrow('No matching signature');
  });

  it('keep their secrets sealed, and none of a removed endpoint', async () => {
    const { secret, endpoint } = await newEndpoint();
    await endpoints.rotate(ours, endpoint.id, 1);
    const stored = async () => {
      const { rows } = await observer.query<{ current: Buffer | null; previous: Buffer | null }>(
        'select secret_sealed as current, previous_secret_sealed as previous from webhook_endpoint where id = $1',
        [endpoint.id],
      );
      return rows[0]!;
    };
    const { current, previous } = await stored();
    for (const bytes of [current, previous]) expect([bytes!.length > 40, bytes!.includes(secret.slice(6))]).toEqual([true, false]);
    await endpoints.remove(ours, endpoint.id);
    expect(await stored()).toEqual({ current: null, previous: null });
    await expect(endpoints.get(ours, endpoint.id)).rejects.toMatchObject({ code: 'not-found' });
  });

  it('are given up when their endpoint was removed meanwhile', async () => {
    const { endpoint } = await newEndpoint();
    await emit(ours, settled());
    await endpoints.remove(ours, endpoint.id);
    await runAll(ours);
    expect(receiver.messages).toEqual([]);
    expect(await all(ours)).toMatchObject([{ delivery: { state: 'dead', tries: 0, lastError: 'endpointDisabled' } }]);
  });

  it('are refused a target that is not allowed, at its creation and later', async () => {
    for (const url of ['https://evil.example/', 'http://127.0.0.1:1/', 'https://erp.bank.example:8443/', 'not a url']) {
      await expect(newEndpoint(ours, { url })).rejects.toMatchObject({ code: 'webhook-target-not-allowed' });
    }
    const { endpoint } = await newEndpoint();
    await expect(endpoints.change(ours, endpoint.id, { url: 'https://evil.example/' })).rejects.toMatchObject({ status: 422 });
    await observer.query('update webhook_endpoint set url = $2 where id = $1', [endpoint.id, 'http://127.0.0.1:1/']);
    await emit(ours, settled());
    await run((await jobsOf(ours))[0]!.data);
    expect(await all(ours)).toMatchObject([{ delivery: { state: 'pending', lastStatus: null, lastError: 'targetRefused' } }]);
  });

  it('say of a secret that cannot be opened that it cannot', async () => {
    const { endpoint } = await newEndpoint();
    await observer.query(`update webhook_endpoint set secret_sealed = '\\x00' where id = $1`, [endpoint.id]);
    await emit(ours, settled());
    await run((await jobsOf(ours))[0]!.data);
    expect(receiver.messages).toEqual([]);
    expect(await all(ours)).toMatchObject([{ delivery: { state: 'pending', lastError: 'secretUnreadable' } }]);
  });

  it('belong to one tenant', async () => {
    const { endpoint } = await newEndpoint();
    receiver.willAnswer(status(410));
    await emit(ours, settled());
    await runAll(ours);
    const [dead] = await all(ours);
    const foreign = [
      endpoints.get(theirs, endpoint.id),
      endpoints.change(theirs, endpoint.id, { state: 'active' }),
      endpoints.rotate(theirs, endpoint.id, 0),
      endpoints.remove(theirs, endpoint.id),
      endpoints.test(theirs, endpoint.id),
      deliveries.redrive(theirs, dead!.delivery.id),
      deliveries.redriveAll(theirs, endpoint.id),
    ];
    for (const attempt of foreign) await expect(attempt).rejects.toMatchObject({ code: 'not-found' });
    expect([await endpoints.list(theirs), await all(theirs)]).toEqual([[], []]);
    const [job] = await jobsOf(ours);
    await expect(run({ ...job!.data, tenantId: theirs.tenantId })).rejects.toThrow('does not exist');
  });

  it('are listed by page, endpoint, state and type', async () => {
    const [one, two] = [await newEndpoint(), await newEndpoint()];
    await emit(ours, settled(), settled());
    await endpoints.test(ours, one.endpoint.id);
    const count = async (query: object): Promise<number> => (await deliveries.page(ours, { ...EVERYTHING, ...query })).items.length;
    expect(await count({})).toBe(5);
    expect(await count({ endpointId: one.endpoint.id })).toBe(3);
    expect(await count({ endpointId: two.endpoint.id, type: 'webhook.test' })).toBe(0);
    expect([await count({ type: 'webhook.test' }), await count({ state: 'dead' }), await count({ state: 'pending' })]).toEqual([1, 0, 5]);
    const first = await deliveries.page(ours, { ...EVERYTHING, limit: 3, type: 'verification.settled' });
    const rest = await deliveries.page(ours, { ...EVERYTHING, limit: 3, type: 'verification.settled', before: first.next! });
    expect([first.items.length, rest.items.length, rest.next]).toEqual([3, 1, null]);
    expect(new Set([...first.items, ...rest.items].map(({ delivery }) => delivery.id)).size).toBe(4);
  });

  it('are told to a bounded number of endpoints', async () => {
    for (let made = 0; made < MAX_ENDPOINTS; made += 1) await newEndpoint();
    await expect(newEndpoint()).rejects.toMatchObject({ code: 'webhook-limit-reached' });
    await newEndpoint(theirs);
  });
});
