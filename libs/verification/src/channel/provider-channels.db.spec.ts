import { INSTALLATION_ID } from '@app/audit';
import type { ProviderId } from '@app/contracts';
import type { TenantContext } from '@app/database';
import { realTime, timePasses } from '../../../../test/support/other-time';
import { SendingOf } from '../../../../test/support/sending-of';
import {
  answered,
  createVerificationBench,
  lost,
  newElements,
  notSent,
  type Script,
  type VerificationBench,
} from '../../../../test/support/verification-bench';
import type { Verification } from '../verification.entity';
import { channelSignal } from './channel-signal';
import { CIRCUIT_LIMITS } from './provider-channel.store';

const MATCH = answered('0', { reversed: false });
const PROVIDER_FAULT = answered('-30010');
const ACCOUNT_REFUSED: Script = ({ attemptId }) => ({
  state: 'answered',
  attemptId,
  httpStatus: 200,
  contentType: 'application/json',
  bodyBase64: Buffer.from('{"code":602,"msg":"接口未授权","charge":false}').toString('base64'),
  sentAt: new Date().toISOString(),
  answeredAt: new Date().toISOString(),
});

describe('the channel of a provider', () => {
  let bench: VerificationBench;
  let sending: SendingOf;
  beforeAll(async () => {
    bench = await createVerificationBench();
    sending = new SendingOf(bench);
  });
  afterAll(() => bench.close());
  beforeEach(async () => {
    await resume('netocr');
    await resume('jumdata');
    // Whatever the worker remembers of the test before is older than a second.
    timePasses(2_000);
  });
  afterEach(realTime);

  const resume = (provider: ProviderId) => bench.administer((admin, operator) => admin.resume(operator, provider, 'spec'));
  const pause = (provider: ProviderId) => bench.administer((admin, operator) => admin.pause(operator, provider, '上游维护'));
  const asked = (more: { provider?: ProviderId } = {}, tenant: TenantContext = bench.tenants[0]): Promise<Verification> =>
    bench.requests.request(tenant, { elements: newElements(), ...more });
  async function ended(script: Script, more: { provider?: ProviderId } = {}): Promise<Verification> {
    bench.egress.willSay(script);
    const verification = await asked(more);
    await sending.run(verification);
    return verification;
  }
  const channel = async (provider: ProviderId = 'netocr') =>
    (await bench.administer((admin) => admin.channelStates())).find((one) => one.provider === provider)!;
  const postsOf = async (verification: Verification) => {
    const { attemptId } = (await sending.newestJob(verification)).data;
    return bench.egress.posts.filter((post) => post.attemptId === attemptId).length;
  };
  const fail = async (times: number): Promise<void> => {
    for (let at = 0; at < times; at += 1) await ended(PROVIDER_FAULT);
  };
  /** As if the time until the next trial were over. */
  const reopenNow = async (): Promise<void> => {
    await bench.rows(`update provider_channel set reopen_at = clock_timestamp() - interval '1 second' where provider = 'netocr'`);
    timePasses(2_000);
  };

  it('opens after a run of failures, and lets everything wait without asking egress or using a try', async () => {
    await fail(CIRCUIT_LIMITS.failures);
    expect(await channel()).toMatchObject({ state: 'open', reason: 'failures', backoffSeconds: 30 });
    const waiting = await ended(MATCH);
    expect((await sending.look(waiting)).verification).toMatchObject({ state: 'queued', hold: 'circuitOpen', outcome: null });
    expect((await sending.look(waiting)).verification.nextAttemptAt).toBeInstanceOf(Date);
    expect((await sending.look(waiting)).attempts).toMatchObject([{ state: 'intended', askedAt: null }]);
    expect(await postsOf(waiting)).toBe(0);
    expect(await channel('jumdata')).toMatchObject({ state: 'closed', failures: 0 });
  });

  it('opens after a run of codes that nobody knows: what an account that is served no more costs, nobody can say', async () => {
    for (let at = 0; at < CIRCUIT_LIMITS.failures; at += 1) await ended(answered('-39999'));
    expect(await channel()).toMatchObject({ state: 'open', reason: 'failures' });
    const waiting = await ended(answered('-39999'));
    expect((await sending.look(waiting)).verification).toMatchObject({ state: 'queued', hold: 'circuitOpen', charge: null });
    expect(await postsOf(waiting)).toBe(0);
  });

  it('stays closed when a success ends the run', async () => {
    await fail(CIRCUIT_LIMITS.failures - 1);
    await ended(MATCH);
    expect(await channel()).toMatchObject({ state: 'closed', failures: 0 });
    await fail(CIRCUIT_LIMITS.failures - 1);
    expect(await channel()).toMatchObject({ state: 'closed', failures: 4 });
  });

  it('writes nothing while all is well', async () => {
    await ended(MATCH);
    const [before] = await bench.rows('select xmin::text from provider_channel where provider = $1', ['netocr']);
    for (let at = 0; at < 3; at += 1) await ended(MATCH);
    expect(await bench.rows('select xmin::text from provider_channel where provider = $1', ['netocr'])).toEqual([before]);
  });

  it('lets exactly one real call try whether the provider is back, and closes when it was answered', async () => {
    await fail(CIRCUIT_LIMITS.failures);
    bench.egress.willSay(MATCH);
    const all = await Promise.all([asked(), asked(), asked(), asked()]);
    await reopenNow();
    const posts = bench.egress.posts.length;
    let letThrough!: () => void;
    const held = new Promise<void>((resolve) => (letThrough = resolve));
    bench.egress.willSay(async (call) => {
      await held;
      return MATCH(call);
    });
    const runs = Promise.all(all.map((one) => sending.run(one)));
    await until(async () => (await channel()).state === 'halfOpen' && bench.egress.posts.length > posts);
    await until(async () => (await Promise.all(all.map((one) => sending.jobsOf(one)))).filter((jobs) => jobs.length === 2).length === 3);
    expect(bench.egress.posts.length - posts).toBe(1);
    letThrough();
    await runs;
    expect(await channel()).toMatchObject({ state: 'closed', failures: 0, backoffSeconds: 0, probeAttemptId: null });
    for (const one of all) await sending.run(one);
    expect((await Promise.all(all.map((one) => sending.look(one)))).every(({ verification }) => verification.outcome === 'MATCH')).toBe(
      true,
    );
  });

  it('opens again for twice as long when the trial fails, up to ten minutes', async () => {
    await fail(CIRCUIT_LIMITS.failures);
    const backoffs: number[] = [];
    for (let at = 0; at < 6; at += 1) {
      await reopenNow();
      await ended(lost);
      backoffs.push((await channel()).backoffSeconds);
    }
    expect(backoffs).toEqual([60, 120, 240, 480, 600, 600]);
  });

  it('takes up a trial again after its worker was killed', async () => {
    await fail(CIRCUIT_LIMITS.failures);
    await reopenNow();
    const trial = await asked();
    bench.egress.willSay(() => {
      throw new Error('killed');
    });
    await expect(sending.run(trial)).rejects.toThrow('killed');
    expect((await channel()).state).toBe('halfOpen');
    bench.egress.willSay(MATCH);
    await sending.run(trial, 2);
    expect((await channel()).state).toBe('closed');
  });

  it('opens at once, until an operator closes it, when the account is refused', async () => {
    await ended(ACCOUNT_REFUSED, { provider: 'jumdata' });
    expect(await channel('jumdata')).toMatchObject({ state: 'open', reason: 'account', reopenAt: null });
    const waiting = await asked({ provider: 'jumdata' });
    await sending.run(waiting);
    expect(await postsOf(waiting)).toBe(0);
    await resume('jumdata');
    timePasses(2_000);
    bench.egress.willSay(MATCH);
    await sending.run(waiting);
    expect(await postsOf(waiting)).toBe(1);
  });

  it('pauses the queue for maintenance instead of failing it', async () => {
    await pause('netocr');
    timePasses(2_000);
    const waiting = await ended(MATCH);
    expect((await sending.look(waiting)).verification).toMatchObject({ state: 'queued', hold: 'providerPaused' });
    await sending.run(waiting);
    expect(await postsOf(waiting)).toBe(0);
    await resume('netocr');
    timePasses(2_000);
    await sending.run(waiting);
    expect((await sending.look(waiting)).verification).toMatchObject({ state: 'answered', hold: null });
  });

  it('keeps a history of what changed and who did it, which nobody can alter', async () => {
    await pause('netocr');
    const rows = await bench.rows<{ state: string; reason: string; actor_name: string }>(
      `select state, reason, actor_name from provider_channel_change where provider = 'netocr' order by at desc limit 1`,
    );
    expect(rows).toEqual([{ state: 'paused', reason: '上游维护', actor_name: 'spec' }]);
    await expect(bench.rows('delete from provider_channel_change')).rejects.toThrow('never changed');
  });

  it("has each change in the installation's audit, by an operator and by a call, and none without it", async () => {
    await pause('netocr');
    await resume('netocr');
    await fail(CIRCUIT_LIMITS.failures);
    await reopenNow();
    await ended(MATCH);
    const told = await bench.rows<{ action: string; by: string; hasAttempt: boolean }>(
      `select action, actor_type as by, (detail->>'attemptId') is not null as "hasAttempt" from audit_entry
       where tenant_id = '${INSTALLATION_ID}' and target_id = 'netocr' order by recorded_at desc, id desc limit 5`,
    );
    expect(told.reverse()).toEqual([
      { action: 'provider.pause', by: 'operator', hasAttempt: false },
      { action: 'provider.resume', by: 'operator', hasAttempt: false },
      { action: 'circuit.open', by: 'worker', hasAttempt: true },
      { action: 'circuit.try', by: 'worker', hasAttempt: true },
      { action: 'circuit.close', by: 'worker', hasAttempt: true },
    ]);
    await bench.rows('revoke insert on audit_entry from piaoyan_owner');
    try {
      await expect(pause('netocr')).rejects.toThrow('permission denied');
    } finally {
      await bench.rows('grant insert on audit_entry to piaoyan_owner');
    }
    expect(await channel()).toMatchObject({ state: 'closed' });
  });

  describe('that does not take calls, where the tenant allows another provider', () => {
    let tenant: TenantContext;
    let made = 0;
    beforeEach(async () => {
      made += 1;
      tenant = await bench.newTenant(`moving ${made}`);
      await bench.administer((admin, operator) => admin.setPolicy(operator, `moving ${made}`, { failover: 'on' }));
      await pause('netocr');
      timePasses(2_000);
    });

    it('gives an attempt that was not begun to the other one, at no cost and in its place of the day', async () => {
      const moving = await asked({}, tenant);
      await sending.run(moving);
      expect((await sending.look(moving)).attempts).toMatchObject([
        { provider: 'netocr', state: 'notSent', charge: 'notCharged' },
        { provider: 'jumdata', state: 'intended', number: 2 },
      ]);
      expect(await sending.usedPlaces(moving)).toBe(1);
      bench.egress.willSay(notSent);
      await sending.run(moving);
      expect(bench.egress.posts.at(-1)).toMatchObject({ provider: 'jumdata' });
    });

    it.each([
      ['it was delivered before', 2],
      ['nobody can tell how often it was delivered', undefined],
    ])('keeps an attempt that may have been begun: %s', async (_why, delivery) => {
      const held = await asked({}, tenant);
      const { data } = await sending.newestJob(held);
      await bench.sending.send(data, { id: 'job', signal: new AbortController().signal, ...(delivery && { attempt: delivery }) });
      expect((await sending.look(held)).verification).toMatchObject({ hold: 'providerPaused', provider: 'netocr' });
      // The fresh job is a first delivery, and still the attempt may have been begun.
      await sending.run(held, 1);
      expect((await sending.look(held)).attempts).toMatchObject([{ provider: 'netocr', state: 'intended' }]);
    });

    it('waits when the other one does not take calls either', async () => {
      await pause('jumdata');
      timePasses(2_000);
      const held = await asked({}, tenant);
      await sending.run(held);
      expect((await sending.look(held)).attempts).toMatchObject([{ provider: 'netocr', state: 'intended' }]);
    });
  });

  it('is open to a tenant as its register says: what is not held open waits, and nothing fails over to it', async () => {
    const tenant = await bench.newTenant('registered');
    await bench.administer((admin, operator) => admin.setPolicy(operator, 'registered', { failover: 'on' }));
    const enter = async (provider: ProviderId, state: 'open' | 'closed', version: number): Promise<void> => {
      const [{ id }] = (await bench.rows<{ id: string }>(
        `insert into approval (tenant_id, id, kind, target_type, target_id, payload, payload_hash, changes, state, proposed_by_type, proposed_by,
           proposed_by_name, persons, proposed_at, expires_at)
         values ($1, gen_random_uuid(), 'provider.open', 'provider', 'x', '{}', 'x', '[]', 'open', 'user', 'a', 'a', '[]', now(), now()) returning id`,
        [tenant.tenantId],
      )) as [{ id: string }];
      await bench.rows(
        `insert into provider_entry (tenant_id, provider, version, state, purpose, contract_reference, agreement_reference, reason, approval_id,
           proposed_by, set_by, set_by_name, set_at) values ($1, $2, $3, $4, 'x', 'x', 'x', 'x', $5, 'a', 'b', 'b', now())`,
        [tenant.tenantId, provider, version, state, id],
      );
    };
    await enter('netocr', 'closed', 1);
    bench.egress.willSay(MATCH);
    const [here, there] = [await asked({}, tenant), await asked({ provider: 'jumdata' }, tenant)];
    for (const one of [here, there]) {
      await sending.run(one);
      expect((await sending.look(one)).verification).toMatchObject({ state: 'queued', hold: 'providerPaused' });
      expect(await postsOf(one)).toBe(0);
    }
    await enter('netocr', 'open', 2);
    timePasses(2_000);
    await sending.run(here);
    expect((await sending.look(here)).verification).toMatchObject({ state: 'answered', outcome: 'MATCH' });
    bench.egress.willSay(answered('-30015'));
    const unmoved = await asked({}, tenant);
    await sending.run(unmoved);
    expect((await sending.look(unmoved)).verification).toMatchObject({ state: 'failed', provider: 'netocr' });
    await enter('jumdata', 'open', 1);
    timePasses(2_000);
    const moved = await asked({}, tenant);
    await sending.run(moved);
    expect((await sending.look(moved)).verification).toMatchObject({ state: 'waiting', provider: 'jumdata' });
  });
});

describe('what the end of a call says of its provider', () => {
  it.each([
    ['answered', 'ACCOUNT', 'refused'],
    ['notSent', 'ACCOUNT', null],
    ['answered', 'PROVIDER_ERROR', 'failed'],
    ['notSent', 'NETWORK_TIMEOUT', 'failed'],
    ['unknown', 'NETWORK_TIMEOUT', 'failed'],
    ['answered', 'MISMATCH', 'well'],
    ['answered', 'RATE', 'well'],
    ['notSent', 'TYPE_ERROR', null],
  ] as const)('%s with %s: %s', (state, outcome, signal) => {
    expect(channelSignal({ end: { state, outcome }, alerts: [] })).toBe(signal);
  });

  it('is a failure where nobody knows its code, and none where only the day is too early', () => {
    const end = { state: 'answered', outcome: 'UNKNOWN_CODE' } as const;
    expect(channelSignal({ end, alerts: ['unknownCode'] })).toBe('failed');
    expect(channelSignal({ end, alerts: ['sameDayBill'] })).toBe('well');
  });
});

async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setImmediate(resolve));
}
