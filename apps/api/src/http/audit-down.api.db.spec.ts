import { setImmediate } from 'node:timers/promises';
import { WebhookTargets } from '@app/contracts';
import { JUMDATA_PATH, NETOCR_PATH } from '@app/providers';
import { zipSync } from 'fflate';
import sharp from 'sharp';
import { type ApiBench, createApiBench } from '../../../../test/support/api-bench';
import { csvOf } from '../../../../test/support/batch-bench';
import { forPurpose } from '../../../../test/support/for-purpose';
import { parametersOf } from '../../../../test/support/drop-in-clients/jumdata-clients';
import { madeUpReading } from '../../../../test/support/made-up-reading';
import { lost, newElements } from '../../../../test/support/verification-bench';
import { apiDocument } from '../openapi/document';

const FORM = 'application/x-www-form-urlencoded';

interface Operation {
  requestBody?: { content: Record<string, { examples?: Record<string, { value: unknown }> }> };
}
interface Route {
  route: string;
  method: string;
  path: string;
  example: unknown;
}

/** Every documented operation that changes something; auth.spec proves that no other is served. */
const CHANGING = Object.entries(apiDocument().paths).flatMap(([path, item]) =>
  Object.entries(item as Record<string, Operation>)
    .filter(([method]) => method !== 'get')
    .map(([method, operation]): Route => {
      const examples = operation.requestBody?.content['application/json']?.examples ?? {};
      return { route: `${method} ${path}`, method: method.toUpperCase(), path, example: Object.values(examples)[0]?.value };
    }),
);

/** Reads that are on record themselves: they show an image or hand out the ledger, or are calls in a provider's dialect. */
const RECORDED_READS = [
  ...['/v1/receipts/{id}/image', '/v1/receipts/{id}/pages/{number}/image', JUMDATA_PATH],
  '/v1/subject-requests/{id}/exports/{number}',
].map((path): Route => ({ route: `get ${path}`, method: 'GET', path, example: undefined }));

/** What only people do, be it with their own sessions, with one another or with a proposal: this walk has a key and no session, so it is stopped before the audit. */
const PEOPLE = /^\w+ \/v1\/(sessions?|users|departments|approvals|sign-in)(\/|$)/;

/** The id and the body with which an operation would succeed, were the audit there. */
interface Call {
  id?: string;
  body?: string | Buffer;
  type?: string;
  query?: string;
}

describe('while the audit cannot be written', () => {
  let bench: ApiBench;
  let calls: Record<string, Call>;
  let png: Buffer;
  beforeAll(async () => {
    bench = await createApiBench({ PIAOYAN_WEBHOOK_TARGETS: WebhookTargets.parse('https://*.bank.example, https://erp.bank.example') });
    png = await pngOf(1);
    calls = await prepared();
  });
  afterAll(() => bench.close());

  const pngOf = (red: number): Promise<Buffer> =>
    sharp({ create: { width: 40, height: 30, channels: 3, background: { r: red, g: 0, b: 0 } } })
      .png()
      .toBuffer();
  const post = async <T>(path: string, body: unknown, headers: Record<string, string> = {}): Promise<T> => {
    const type: Record<string, string> = Buffer.isBuffer(body) ? {} : { 'content-type': 'application/json' };
    const sent = Buffer.isBuffer(body) ? new Uint8Array(body) : JSON.stringify(body);
    const response = await bench.fetch(path, { method: 'POST', body: sent, headers: { ...type, ...headers } });
    expect([path, response.status]).toEqual([path, response.status < 300 ? response.status : 'a success']);
    return (await response.json()) as T;
  };
  const found = async (sql: string): Promise<string> => (await bench.rows<{ id: string }>(sql))[0]!.id;

  /** A tenant that has one of everything, each in the state in which the next act on it would succeed. */
  async function prepared(): Promise<Record<string, Call>> {
    const upload = async (red: number): Promise<string> => {
      bench.reader.script = () => madeUpReading(newElements());
      const headers = { prefer: 'wait=20', 'content-type': 'image/png' };
      bench.reader.pages = [{ bytes: png, mediaType: 'image/png', width: 40, height: 30 } as never];
      return (await post<{ id: string }>('/v1/receipts', await pngOf(red), headers)).id;
    };
    const [receipt, other] = [await upload(2), await upload(3)];
    await bench.rows(`update bill set state = 'match', verdict = 'valid', verified_at = now()`);
    const bills = await bench.rows<{ id: string }>('select id from bill order by id');
    const [bill, booked] = bills.map(({ id }) => id);
    await post(`/v1/bills/${booked!}/booking`, { voucher: '记-1' });
    bench.egress.willSay(lost);
    const unknown = await post<{ id: string; attempts: { id: string }[] }>(
      '/v1/verifications',
      { elements: newElements() },
      { prefer: 'wait=20' },
    );
    const batch = async (state: string): Promise<string> => {
      const { id } = await post<{ id: string }>('/v1/verification-batches', csvOf([newElements()]).bytes, { 'content-type': 'text/csv' });
      await bench.rows('update verification_batch set state = $2 where id = $1', [id, state]);
      return id;
    };
    const hook = { url: 'https://erp.bank.example/hook', description: 'x', eventTypes: ['verification.settled'] };
    const { id: webhook } = await post<{ id: string }>('/v1/webhooks', hook);
    await post(`/v1/webhooks/${webhook}/test`, {});
    await bench.rows(`update webhook_delivery set state = 'dead', next_try_at = null`);
    const hold = await post<{ id: string }>('/v1/legal-holds', { targetType: 'receipt', targetId: receipt, reason: '诉讼 1' });
    const key = await post<{ id: string }>('/v1/api-keys', { name: 'x', scopes: ['batch.read'], validDays: 1 });
    const client = await bench.newClient({ dialect: 'netocr' });
    const { billCode, billNumber, checkCode, issueDate, totalAmount } = newElements();
    const form = { key: client.publicId, secret: client.secret, typeId: '3017', invoiceCode: billCode, invoiceNumber: billNumber };
    const partner = await bench.newClient({ dialect: 'jumdata' });
    const account = { url: '', appId: partner.publicId, appSecret: partner.secret };
    const inDialect = (): string => new URLSearchParams(parametersOf(account, newElements())).toString();
    const packed = await found(
      `insert into key_export (tenant_id, id, recipient, package_wrapped, sha256) values ('${bench.tenantIds[0]}', gen_random_uuid(), 'x', '{}', 'x') returning id`,
    );
    const draft = await batch('draft');
    const subjectIn = async (id: string, state: string): Promise<string> => {
      while ((await found(`select state as id from subject_request where id = '${id}'`)) !== state) await setImmediate();
      return id;
    };
    const subject = async (kind: string): Promise<string> => {
      const order = { kind, payer: '张三', reference: 'SR-1', purpose: '客户申请' };
      return subjectIn((await post<{ id: string }>('/v1/subject-requests', order)).id, 'found');
    };
    const exported = async (): Promise<string> => {
      const id = await subject('copy');
      await post(`/v1/subject-requests/${id}/export`, {});
      return subjectIn(id, 'exported');
    };
    const hashOf = (id: string): Promise<string> => found(`select found_hash as id from subject_request where id = '${id}'`);
    const erasure = await subject('erasure');
    const json = (body: object): Call => ({ body: JSON.stringify(body), type: 'application/json' });
    return {
      'post /v1/receipts': { body: png, type: 'image/png' },
      'post /v1/receipts/batch': { body: Buffer.from(zipSync({ 'a.png': png, 'b.png': await pngOf(9) })), type: 'application/zip' },
      'post /v1/receipts/{id}/bills/{number}/corrections': { id: receipt },
      'post /v1/verifications': json({ elements: newElements() }),
      'post /v1/verifications/{id}/settlement': {
        id: unknown.id,
        ...json({ attemptId: unknown.attempts[0]!.id, charge: 'charged', reason: 'listed on paper' }),
      },
      'post /v1/verification-batches': { body: csvOf([newElements()]).bytes, type: 'text/csv' },
      'post /v1/verification-batches/from-receipts': json({ receiptIds: [receipt, other] }),
      'post /v1/verification-batches/{id}/start': { id: draft, ...json({ calls: 1 }) },
      'post /v1/verification-batches/{id}/pause': { id: await batch('running') },
      'post /v1/verification-batches/{id}/resume': { id: await batch('paused') },
      'post /v1/verification-batches/{id}/cancel': { id: await batch('draft') },
      'post /v1/bills/search': json({}),
      'put /v1/bills/{id}/origin': { id: bill!, ...json({ originalKind: 'paper', archiveLocation: '档案室-1' }) },
      'post /v1/bills/{id}/booking': { id: bill!, ...json({ voucher: '记-2' }) },
      'delete /v1/bills/{id}/booking': { id: booked!, ...json({ reason: '凭证有误' }) },
      [`post ${NETOCR_PATH}`]: {
        body: new URLSearchParams({ ...form, checkCode, billingDate: issueDate, amountTax: totalAmount }).toString(),
        type: FORM,
      },
      [`post ${JUMDATA_PATH}`]: { body: inDialect(), type: FORM },
      [`get ${JUMDATA_PATH}`]: { query: `?${inDialect()}` },
      'post /v1/webhooks': json(hook),
      'post /v1/webhooks/deliveries/{id}/redrive': { id: await found('select id from webhook_delivery') },
      'patch /v1/webhooks/{id}': { id: webhook, ...json({ description: 'y' }) },
      'delete /v1/webhooks/{id}': { id: webhook },
      'post /v1/webhooks/{id}/rotate': { id: webhook },
      'post /v1/webhooks/{id}/test': { id: webhook },
      'post /v1/webhooks/{id}/redrive': { id: webhook },
      'post /v1/key-exports/{id}/delivery': { id: packed },
      'put /v1/retention': json({ basedOn: 0, days: { detail: 90 } }),
      'post /v1/subject-requests': json({ kind: 'access', payer: '张三', reference: 'SR-2', purpose: '客户申请' }),
      'post /v1/subject-requests/{id}/search': { id: await subject('access') },
      'post /v1/subject-requests/{id}/export': { id: await subject('copy') },
      'post /v1/subject-requests/{id}/erasure': { id: erasure, ...json({ foundHash: await hashOf(erasure), reason: '撤回同意' }) },
      'post /v1/subject-requests/{id}/close': { id: await subject('access'), ...json({ reason: '已答复' }) },
      'get /v1/subject-requests/{id}/exports/{number}': { id: await exported() },
      'post /v1/tenant-erasure': json({ name: 'first', reason: '机构撤销' }),
      'post /v1/legal-holds': json({ targetType: 'receipt', targetId: other, reason: '诉讼 2' }),
      'delete /v1/legal-holds/{id}': { id: hold.id, ...json({ reason: '结案' }) },
      'put /v1/verification-policy': json({ version: 0, reason: '日查验量上升', dailyQuota: 8000 }),
      'post /v1/verification-policy/dry-run': json({ version: 0, dailyQuota: 8000 }),
      'put /v1/sign-in-policy': json({ version: 0, secondFactor: 'everybody', networks: [] }),
      'post /v1/api-keys': json({ name: 'x', scopes: ['batch.read'], validDays: 1 }),
      'post /v1/api-keys/{id}/rotate': { id: key.id, ...json({}) },
      'post /v1/api-keys/{id}/revoke': { id: key.id },
      'get /v1/receipts/{id}/image': { id: receipt },
      'get /v1/receipts/{id}/pages/{number}/image': { id: receipt },
    };
  }

  const MADE_UP = '019ab1c2-0000-7000-8000-000000000000';
  const ask = async ({ route, method, path, example }: Route): Promise<number> => {
    const {
      id = MADE_UP,
      body = example === undefined ? undefined : JSON.stringify(example),
      type = 'application/json',
      query = '',
    } = calls[route] ?? {};
    const target = path.replace('{number}', '1').replace('{id}', id);
    const headers: Record<string, string> = path.endsWith('/image') ? forPurpose().headers : {};
    const sent = body === undefined ? null : Buffer.isBuffer(body) ? new Uint8Array(body) : body;
    if (sent !== null) headers['content-type'] = type;
    const response = await bench.fetch(`${target}${query}`, { method, body: sent, headers });
    await response.arrayBuffer();
    return response.status;
  };

  /** How many rows each table has, and what every file is called. Counts of refused sign-ins grow whatever happens, or a broken audit would be a time to guess. */
  async function everything(): Promise<object> {
    const tables = await bench.rows<{ name: string }>(
      `select format('%I.%I', schemaname, tablename) as name from pg_tables
       where schemaname in ('public', 'pgboss') and tablename not in ('queue', 'sign_in_throttle') order by 1`,
    );
    const counts = tables.map(({ name }) => `select '${name}' as name, count(*)::int as count from ${name}`).join(' union all ');
    return { counts: await bench.rows(counts), files: (await bench.storedFiles()).sort(), calls: bench.egress.posts.length };
  }

  // What takes something away comes last, so that the others still find it.
  const ROUTES = [...CHANGING, ...RECORDED_READS].sort((one, other) => Number(one.method === 'DELETE') - Number(other.method === 'DELETE'));

  it('is asked for every operation that changes something', () => {
    expect(CHANGING.length).toBeGreaterThanOrEqual(25);
  });

  async function walk(order: (ask: () => Promise<[string, number]>) => Promise<[string, number]>): Promise<void> {
    const before = await everything();
    const statuses = await Promise.all(ROUTES.map((route) => order(async () => [route.route, await ask(route)])));
    const [ofPeople, others] = [statuses.filter(([route]) => PEOPLE.test(route)), statuses.filter(([route]) => !PEOPLE.test(route))];
    expect(others.length).toBeGreaterThanOrEqual(28);
    expect(Object.fromEntries(others)).toEqual(Object.fromEntries(others.map(([route]) => [route, 503])));
    expect(ofPeople.filter(([, status]) => status < 400)).toEqual([]);
    expect(await everything()).toEqual(before);
  }
  /** So many requests at once, each behind the one before it in its lane. */
  const inLanes = (count: number) => {
    const lanes: Promise<unknown>[] = Array.from({ length: count }, () => Promise.resolve());
    let asked = 0;
    return (work: () => Promise<[string, number]>): Promise<[string, number]> => {
      const lane = asked++ % count;
      const mine = (lanes[lane] ?? Promise.resolve()).then(work);
      lanes[lane] = mine;
      return mine;
    };
  };

  it('since the right to write it is gone, each is 503 and nothing happened', async () => {
    await bench.rows('revoke insert on audit_entry from piaoyan_api, piaoyan_worker');
    try {
      await walk(inLanes(1));
    } finally {
      await bench.rows('grant insert on audit_entry to piaoyan_api, piaoyan_worker');
    }
  });

  it('since its disk is full, each is 503 and nothing happened', async () => {
    await bench.rows(`create function full_disk() returns trigger language plpgsql as
      $$ begin raise exception 'could not extend file: No space left on device' using errcode = '53100'; end $$`);
    await bench.rows('create trigger full_disk before insert on audit_entry for each row execute function full_disk()');
    try {
      await walk(inLanes(1));
    } finally {
      await bench.rows('drop trigger full_disk on audit_entry');
    }
  });

  it('since somebody holds it locked, each is 503 within its deadline and nothing happened', async () => {
    await bench.rows('begin');
    await bench.rows('lock table audit_entry in share mode');
    try {
      // Several at once, since each waits as long as a lock may be waited for; no more than there are connections, or they would wait for these.
      await walk(inLanes(8));
    } finally {
      await bench.rows('rollback');
    }
  });

  it('and once it can be written again, they are done: the walk asked for what is possible', async () => {
    const statuses: Record<string, number> = {};
    for (const route of ROUTES.filter(({ route: name }) => !PEOPLE.test(name))) statuses[route.route] = await ask(route);
    const failed = Object.entries(statuses).filter(([, status]) => status >= 300);
    expect(failed).toEqual([]);
  });
});
