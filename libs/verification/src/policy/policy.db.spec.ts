import { nextShanghaiDay, nextShanghaiMonth, shanghaiDay } from '@app/contracts';
import { type Approval, Deciders } from '@app/approvals';
import { SettingsRecord } from '@app/audit';
import type { Actor, TenantContext } from '@app/database';
import { noonInShanghai, realTime, timeIs } from '../../../../test/support/other-time';
import { TEST_KEYS } from '../../../../test/support/test-keys';
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
import type { PolicySet, VerificationAdmin } from '../administration/verification-admin';
import { withApprovalDesk } from '../administration/with-approval-desk';
import { withVerificationAdmin } from '../administration/with-verification-admin';
import type { Installation } from '../dry-run/installation';
import { installationFacts, InstallationUnknownError, recordedInstallation } from '../dry-run/installation-facts';
import { DEFAULT_PROVIDER_RULES } from '../request/provider-rules';
import type { Verification } from '../verification.entity';
import type { PolicyTerms } from './verification-policy.entity';

const MATCH = answered('0', { reversed: false });
const PROVIDER_FAULT = answered('-30010');

describe('the policy of a tenant', () => {
  let bench: VerificationBench;
  let sending: SendingOf;
  let made = 0;
  beforeAll(async () => {
    bench = await createVerificationBench();
    sending = new SendingOf(bench);
  });
  afterAll(() => bench.close());
  beforeEach(noonInShanghai);
  afterEach(realTime);

  /** What the api puts on record when it starts. */
  const told = (installation: Installation): Promise<void> =>
    new SettingsRecord(bench.apiWork, 'api', installationFacts(installation), 'api').onApplicationBootstrap();

  async function tenantWith(changes: Partial<PolicyTerms>): Promise<TenantContext> {
    made += 1;
    const name = `tenant ${made}`;
    const tenant = await bench.newTenant(name);
    await bench.administer((admin, operator) => admin.setPolicy(operator, name, changes));
    return tenant;
  }
  const request = (tenant: TenantContext, more: object = {}): Promise<Verification> =>
    bench.requests.request(tenant, { elements: newElements(), ...more });
  async function ended(tenant: TenantContext, script: Script): Promise<Verification> {
    bench.egress.willSay(script);
    const asked = await request(tenant);
    if (asked.state === 'queued') await sending.run(asked);
    return asked;
  }

  it('names the provider that is asked, unless the request does', async () => {
    const tenant = await tenantWith({ provider: 'jumdata' });
    expect((await request(tenant)).provider).toBe('jumdata');
    expect((await request(tenant, { provider: 'netocr' })).provider).toBe('netocr');
    expect((await request(bench.tenants[0])).provider).toBe('netocr');
  });

  it('is changed in part by an operator who is alone, which the audit marks, and by the api only with an approval', async () => {
    const tenant = await tenantWith({ dailyQuota: 7 });
    const name = `tenant ${made}`;
    const { terms, approval } = await bench.administer((admin, operator) =>
      admin.setPolicy(operator, name, { failover: 'on', monthlyBudgetFen: 1_234n }),
    );
    expect(approval).toBeNull();
    expect(terms).toMatchObject({
      version: 2,
      provider: null,
      failover: 'on',
      dailyQuota: 7,
      monthlyBudgetFen: 1_234n,
      onImplausible: 'warn',
    });
    expect(await bench.administer((admin, operator) => admin.policyOf(operator, name))).toMatchObject({ dailyQuota: 7, failover: 'on' });
    const entries = await bench.rows<{ detail: object }>(
      `select detail from audit_entry where tenant_id = $1 and action = 'verificationPolicy.set' order by recorded_at`,
      [tenant.tenantId],
    );
    expect(entries.at(-1)!.detail).toMatchObject({ dailyQuota: 7, monthlyBudgetFen: '1234', failover: 'on', version: 2, alone: true });
    await expect(
      bench.apiWork.run(tenant, ({ manager }) =>
        manager.query(
          `insert into verification_policy_version (tenant_id, version, failover, on_implausible, set_by, set_by_name, set_at)
           values ($1, 3, 'off', 'warn', 'x', 'x', now())`,
          [tenant.tenantId],
        ),
      ),
    ).rejects.toThrow('row-level security');
    await expect(
      bench.apiWork.run(tenant, ({ manager }) => manager.query('update verification_policy_version set version = 9')),
    ).rejects.toThrow('permission denied');
  });

  it('is proposed, not changed, by an operator whose tenant has two persons to decide', async () => {
    const tenant = await tenantWith({ dailyQuota: 7 });
    const name = `tenant ${made}`;
    class Two extends Deciders {
      count = (): Promise<number> => Promise.resolve(2);
    }
    const two = new Two();
    const administer = <T>(work: (admin: VerificationAdmin) => Promise<T>): Promise<T> =>
      withVerificationAdmin({ ownerUrl: bench.ownerUrl, applicationName: 'spec', deciders: two }, work);
    const operator = { type: 'operator' as const, id: 'spec', name: 'spec' };
    await request(tenant);
    const proposing = (): Promise<PolicySet> => administer((admin) => admin.setPolicy(operator, name, { dailyQuota: 8 }, '调整'));
    const proposals = (): Promise<object[]> => bench.rows('select id from approval where tenant_id = $1', [tenant.tenantId]);
    // A change that cannot be tried is not proposed either: its run would suppose another provider than is asked.
    await expect(proposing()).rejects.toThrow(InstallationUnknownError);
    expect(await proposals()).toEqual([]);
    await told({ defaultProvider: 'netocr', providerRules: DEFAULT_PROVIDER_RULES, settlementCeilingHao: null });
    const tried = await administer((admin) => admin.tryPolicy(operator, name, { dailyQuota: 0 }));
    expect(tried).toMatchObject({ requests: 1, changes: [{ count: 1, after: { refusal: 'tenant-quota' } }] });
    expect(await proposals()).toEqual([]);
    const { terms, approval } = await proposing();
    expect(approval!.dryRun!.found).toEqual(await bench.dryRuns.run(tenant, 1, (standing) => ({ ...standing, dailyQuota: 8 })));
    expect(terms).toMatchObject({ dailyQuota: 7, version: 1 });
    expect(approval).toMatchObject({
      state: 'open',
      proposedBy: operator,
      changes: [{ field: 'version' }, { field: 'dailyQuota', after: '8' }],
    });
    const desk = { ownerUrl: bench.ownerUrl, applicationName: 'spec', keys: TEST_KEYS };
    const decision = { decision: 'approve' as const, reason: '看过' };
    const decide = (by: Actor, deciders?: Deciders): Promise<Approval> =>
      withApprovalDesk({ ...desk, ...(deciders && { deciders }) }, ({ approvals }) =>
        approvals.decide({ ...tenant, actor: by }, approval!.id, decision),
      );
    await expect(decide(operator, two)).rejects.toThrow('two users');
    await expect(decide(operator)).rejects.toMatchObject({ code: 'approval-own' });
    expect(await decide({ ...operator, id: 'another' })).toMatchObject({ state: 'approved' });
    const entries = await bench.rows<{ detail: object }>(`select detail from audit_entry where target_id = $1 order by id`, [approval!.id]);
    expect(entries.at(-1)!.detail).toMatchObject({ alone: true, proposedBy: 'spec' });
    expect(await bench.administer((admin) => admin.policyOf(operator, name))).toMatchObject({ dailyQuota: 8, version: 2 });
  });

  it('is tried with what the process that takes requests last told, whatever its windows are', async () => {
    const actor = { type: 'operator' as const, id: 'spec', name: 'spec' };
    const unlike: Installation = {
      defaultProvider: 'generic',
      providerRules: {
        netocr: { window: 'year', lastDayCounts: false },
        jumdata: { window: 30, lastDayCounts: true },
        generic: { window: 365, lastDayCounts: false },
      },
      settlementCeilingHao: 1_234_500n,
    };
    await told(unlike);
    expect(await recordedInstallation(bench.apiWork, actor)).toEqual(unlike);
    await told({ ...unlike, settlementCeilingHao: null });
    expect(await recordedInstallation(bench.apiWork, actor)).toEqual({ ...unlike, settlementCeilingHao: null });
  });

  it('is known to a running process a second later', async () => {
    const tenant = await tenantWith({ dailyQuota: 0 });
    expect(await request(tenant)).toMatchObject({ refusalCode: 'tenant-quota' });
    await bench.administer((admin, operator) => admin.setPolicy(operator, `tenant ${made}`, { dailyQuota: null }));
    timeIs(new Date(Date.now() + 1_001));
    expect(await request(tenant)).toMatchObject({ state: 'queued' });
  });

  it('refuses elements that are odd only where it says so', async () => {
    const strict = await tenantWith({ onImplausible: 'refuse' });
    expect(await request(strict)).toMatchObject({ state: 'refused', refusalCode: 'implausible-elements', outcome: 'BAD_PARAM' });
    expect(await request(bench.tenants[0])).toMatchObject({ state: 'queued' });
  });

  describe('with a quota', () => {
    it('is never exceeded, however many ask at once, and passes at midnight', async () => {
      const tenant = await tenantWith({ dailyQuota: 4 });
      const all = await Promise.all(Array.from({ length: 10 }, () => request(tenant)));
      expect(all.filter(({ state }) => state === 'queued')).toHaveLength(4);
      const refused = all.filter(({ refusalCode }) => refusalCode === 'tenant-quota');
      expect(refused).toHaveLength(6);
      expect(refused[0]!.refusalPassesAt).toEqual(nextShanghaiDay(shanghaiDay(new Date())));
      const taken = await Promise.all(refused.map((one) => sending.usedPlaces(one)));
      expect(taken).toEqual(refused.map(() => 0));
    });

    it('counts what was and may have been charged, and gives back what surely cost nothing', async () => {
      const tenant = await tenantWith({ dailyQuota: 2 });
      await ended(tenant, answered('-30003'));
      await ended(tenant, MATCH);
      await ended(tenant, lost);
      expect((await request(tenant)).refusalCode).toBe('tenant-quota');
    });

    it('does not count cached answers, and another tenant not at all', async () => {
      const tenant = await tenantWith({ dailyQuota: 1 });
      const asked = await ended(tenant, MATCH);
      expect(await bench.requests.request(tenant, { elements: asked.elements })).toMatchObject({ origin: 'cache', state: 'answered' });
      expect(await request(bench.tenants[0])).toMatchObject({ state: 'queued' });
    });

    it('lets a retry take the place of the failed call, for it is no more than one', async () => {
      const tenant = await tenantWith({ dailyQuota: 1 });
      const asked = await ended(tenant, notSent);
      expect((await sending.look(asked)).verification.state).toBe('waiting');
      bench.egress.willSay(MATCH);
      await sending.run(asked);
      expect((await sending.look(asked)).verification).toMatchObject({ state: 'answered', charge: 'charged' });
    });
  });

  it('keeps to a budget by the month, at the price of each call', async () => {
    const tenant = await tenantWith({ monthlyBudgetFen: 149n });
    const all = await Promise.all(Array.from({ length: 5 }, () => request(tenant)));
    expect(all.filter(({ state }) => state === 'queued')).toHaveLength(2);
    expect(all.find(({ state }) => state === 'refused')).toMatchObject({
      refusalCode: 'tenant-budget',
      refusalPassesAt: nextShanghaiMonth(shanghaiDay(new Date())),
    });
    timeIs(nextShanghaiMonth(shanghaiDay(new Date())));
    expect(await request(tenant)).toMatchObject({ state: 'queued' });
  });

  describe('that allows another provider', () => {
    async function runAll(tenant: TenantContext, script: Script): Promise<Verification> {
      bench.egress.willSay(script);
      const asked = await request(tenant);
      for (let at = 0; at < 8 && (await sending.look(asked)).verification.isOpen; at += 1) await sending.run(asked);
      return asked;
    }
    const attemptsOf = async (asked: Verification) =>
      (await sending.look(asked)).attempts.map(({ number, provider, charge, outcome }) => [number, provider, charge, outcome]);

    it('asks it after the retries of the first, with a new attempt, within the five calls of a bill', async () => {
      const tenant = await tenantWith({ failover: 'on' });
      const asked = await runAll(tenant, notSent);
      expect(await attemptsOf(asked)).toEqual(
        ['netocr', 'netocr', 'netocr', 'jumdata', 'jumdata'].map((provider, at) => [at + 1, provider, 'notCharged', 'NETWORK_TIMEOUT']),
      );
      expect((await sending.look(asked)).verification).toMatchObject({ state: 'failed', provider: 'jumdata' });
      expect(await sending.usedPlaces(asked)).toBe(0);
      await bench.administer((admin, operator) =>
        Promise.all([admin.resume(operator, 'netocr', 'spec'), admin.resume(operator, 'jumdata', 'spec')]),
      );
      timeIs(new Date(Date.now() + 2_000));
    });

    it('takes the answer of the second', async () => {
      const tenant = await tenantWith({ failover: 'on' });
      const asked = await runAll(tenant, ({ provider, ...call }) =>
        (provider === 'netocr' ? answered('-30015') : MATCH_OF_JUMDATA)({ provider, ...call }),
      );
      expect(await attemptsOf(asked)).toEqual([
        [1, 'netocr', 'notCharged', 'TYPE_ERROR'],
        [2, 'jumdata', 'charged', 'MATCH'],
      ]);
      expect((await sending.look(asked)).verification).toMatchObject({
        state: 'answered',
        outcome: 'MATCH',
        provider: 'jumdata',
        charge: 'charged',
      });
    });

    it.each([
      ['a lost answer', lost],
      ['a mismatch', answered('-30001')],
      ['a charged limit', answered('-30000')],
      ['an unknown code', answered('-31999')],
    ])('never asks it after %s', async (_what, script) => {
      const asked = await runAll(await tenantWith({ failover: 'wide' }), script);
      expect((await attemptsOf(asked)).map(([, provider]) => provider)).toEqual(['netocr']);
    });

    it('never asks it where the policy is silent', async () => {
      const asked = await runAll(await tenantWith({}), answered('-30015'));
      expect(await attemptsOf(asked)).toHaveLength(1);
    });
  });

  it('does not let a call of yesterday be retried beyond the quota of today', async () => {
    const tenant = await tenantWith({ dailyQuota: 1 });
    const asked = await request(tenant);
    bench.egress.willSay(async (call) => {
      timeIs(nextShanghaiDay(shanghaiDay(new Date())));
      await request(tenant);
      return PROVIDER_FAULT(call);
    });
    await sending.run(asked);
    expect((await sending.look(asked)).verification).toMatchObject({ state: 'failed', outcome: 'PROVIDER_ERROR', charge: 'notCharged' });
  });

  it('does not let a call that waited beyond midnight be made beyond the quota of the day on which it would be', async () => {
    const tenant = await tenantWith({ dailyQuota: 1 });
    const asked = await request(tenant);
    timeIs(nextShanghaiDay(shanghaiDay(new Date())));
    expect(await request(tenant)).toMatchObject({ state: 'queued' });
    const upstream = bench.egress.upstreamCalls.length;
    await sending.run(asked);
    expect((await sending.look(asked)).verification).toMatchObject({ state: 'answered', outcome: 'DAILY_LIMIT', charge: 'notCharged' });
    expect(bench.egress.upstreamCalls).toHaveLength(upstream);
  });
});

const MATCH_OF_JUMDATA: Script = ({ attemptId }) => ({
  state: 'answered',
  attemptId,
  httpStatus: 200,
  contentType: 'application/json',
  bodyBase64: Buffer.from(JSON.stringify({ code: 200, msg: '成功', charge: true, data: { ch: '01' } })).toString('base64'),
  sentAt: new Date().toISOString(),
  answeredAt: new Date().toISOString(),
});
