import {
  Problem,
  WebhookDeliveryPage,
  WebhookDeliveryView,
  WebhookEndpointList,
  WebhookEndpointSecretView,
  WebhookEndpointView,
  WebhookRedriveView,
  WebhookTargets,
} from '@app/contracts';
import { type ApiBench, createApiBench } from '../../../../test/support/api-bench';

const REQUEST = { url: 'https://erp.bank.example/hook', eventTypes: ['verification.settled'] };

describe('/v1/webhooks', () => {
  let bench: ApiBench;
  beforeAll(async () => {
    const PIAOYAN_WEBHOOK_TARGETS = WebhookTargets.parse('https://erp.bank.example');
    bench = await createApiBench({ PIAOYAN_WEBHOOK_TARGETS }, { withWorker: false });
  });
  afterAll(() => bench.close());

  const call = (method: string, path = '', body?: object, key?: string): Promise<Response> =>
    bench.fetch(`/v1/webhooks${path}`, {
      method,
      ...(body !== undefined && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
      ...(key !== undefined && { key }),
    });
  const create = async (changes: object = {}): Promise<WebhookEndpointSecretView> => {
    const response = await call('POST', '', { ...REQUEST, ...changes });
    expect(response.status).toBe(201);
    return WebhookEndpointSecretView.parse(await response.json());
  };
  const problemOf = async (response: Promise<Response>): Promise<Problem> => Problem.parse(await (await response).json());

  it('shows the secret once', async () => {
    const { secret, ...endpoint } = await create({ description: 'claims system' });
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(endpoint).toMatchObject({ ...REQUEST, description: 'claims system', state: 'active', disabledReason: null });
    const shown = await call('GET', `/${endpoint.id}`);
    expect(WebhookEndpointView.parse(await shown.json())).toEqual(endpoint);
    const list = WebhookEndpointList.parse(await (await call('GET')).json());
    expect(list.items).toContainEqual(endpoint);
  });

  it('changes, rotates and removes', async () => {
    const { id, secret } = await create();
    const changed = await call('PATCH', `/${id}`, { state: 'disabled', description: 'paused' });
    expect(WebhookEndpointView.parse(await changed.json())).toMatchObject({ state: 'disabled', disabledReason: 'requested' });
    const rotated = await call('POST', `/${id}/rotate`, { overlapHours: 1 });
    expect(rotated.status).toBe(201);
    const view = WebhookEndpointSecretView.parse(await rotated.json());
    expect([view.secret === secret, typeof view.previousSecretUntil]).toEqual([false, 'string']);
    expect((await call('DELETE', `/${id}`)).status).toBe(204);
    expect((await call('GET', `/${id}`)).status).toBe(404);
    const { rows } = {
      rows: await bench.rows<{ action: string }>('select action from audit_entry where target_id = $1 order by id', [id]),
    };
    expect(rows.map(({ action }) => action)).toEqual(['webhook.create', 'webhook.update', 'webhook.rotate', 'webhook.remove']);
  });

  it('tests an endpoint, and lists the delivery', async () => {
    const { id } = await create();
    const tested = await call('POST', `/${id}/test`);
    expect(tested.status).toBe(202);
    const delivery = WebhookDeliveryView.parse(await tested.json());
    expect(delivery).toMatchObject({ endpointId: id, type: 'webhook.test', state: 'pending', tries: 0 });
    const page = WebhookDeliveryPage.parse(
      await (await call('GET', `/deliveries?endpointId=${id}&state=pending&type=webhook.test`)).json(),
    );
    expect(page).toEqual({ items: [delivery], next: null });
  });

  it('re-drives what was given up, one or all', async () => {
    const { id } = await create();
    const delivery = WebhookDeliveryView.parse(await (await call('POST', `/${id}/test`)).json());
    expect(await problemOf(call('POST', `/deliveries/${delivery.id}/redrive`))).toMatchObject({ status: 409, code: 'webhook-not-dead' });
    const giveUp = () =>
      bench.rows(`update webhook_delivery set state = 'dead', next_try_at = null, tries = 10 where id = $1`, [delivery.id]);
    await giveUp();
    const redriven = await call('POST', `/deliveries/${delivery.id}/redrive`);
    expect([redriven.status, WebhookDeliveryView.parse(await redriven.json())]).toMatchObject([202, { state: 'pending', tries: 0 }]);
    await giveUp();
    expect(WebhookRedriveView.parse(await (await call('POST', `/${id}/redrive`)).json())).toEqual({ redriven: 1, isComplete: true });
    await call('PATCH', `/${id}`, { state: 'disabled' });
    expect(await problemOf(call('POST', `/${id}/redrive`))).toMatchObject({ status: 409, code: 'webhook-disabled' });
  });

  it.each([
    ['a target that is not allowed', { url: 'https://evil.example/' }, 'webhook-target-not-allowed'],
    ['a metadata service', { url: 'http://169.254.169.254/latest/meta-data' }, 'webhook-target-not-allowed'],
    ['a user in the URL', { url: 'https://u:p@erp.bank.example/' }, 'webhook-target-not-allowed'],
    ['no event', { eventTypes: [] }, 'invalid-field'],
    ['an event twice', { eventTypes: ['receipt.read', 'receipt.read'] }, 'invalid-field'],
    ['an unknown event', { eventTypes: ['receipt.eaten'] }, 'invalid-field'],
    ['the test event', { eventTypes: ['webhook.test'] }, 'invalid-field'],
    ['a secret of its own', { secret: 'whsec_AAAA' }, 'invalid-field'],
  ])('refuses %s', async (_what, changes, code) => {
    expect(await problemOf(call('POST', '', { ...REQUEST, ...changes }))).toMatchObject({ status: 422, code });
  });

  it('refuses a change that changes nothing', async () => {
    const { id } = await create();
    expect((await call('PATCH', `/${id}`, {})).status).toBe(422);
  });

  it('tells why a target is refused, never what it leads to', async () => {
    const problem = await problemOf(call('POST', '', { ...REQUEST, url: 'https://other.bank.example/' }));
    expect(problem.errors).toEqual([{ field: 'url', message: 'the allow-list names no such host, protocol and port' }]);
    expect(JSON.stringify(problem)).not.toContain('other.bank.example');
  });

  it('asks for a scope of its own to read, and another to manage', async () => {
    const { id } = await create();
    const [reader, other] = [await bench.newKey('webhook.read'), await bench.newKey('verification.write')];
    expect((await call('GET', `/${id}`, undefined, reader)).status).toBe(200);
    for (const [method, path, body] of [
      ['POST', '', REQUEST],
      ['PATCH', `/${id}`, { state: 'active' }],
      ['DELETE', `/${id}`, undefined],
      ['POST', `/${id}/rotate`, {}],
      ['POST', `/${id}/test`, undefined],
      ['POST', `/${id}/redrive`, undefined],
    ] as const) {
      expect((await call(method, path, body, reader)).status).toBe(403);
    }
    expect((await call('GET', '', undefined, other)).status).toBe(403);
  });

  it("knows nothing of another tenant's", async () => {
    const { id } = await create();
    const [, theirs] = bench.keys;
    for (const response of [call('GET', `/${id}`, undefined, theirs), call('DELETE', `/${id}`, undefined, theirs)]) {
      expect((await response).status).toBe(404);
    }
    expect(await (await call('GET', '', undefined, theirs)).json()).toEqual({ items: [] });
  });
});
