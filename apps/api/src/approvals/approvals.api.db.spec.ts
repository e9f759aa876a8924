import { Deciders } from '@app/approvals';
import {
  ApprovalPage,
  ApprovalView,
  PolicyDryRun,
  ProviderRegisterView,
  Problem,
  type SettlementRequest,
  VerificationPolicyView,
  VerificationView,
} from '@app/contracts';
import { SCOPES_OF_ROLE } from '@app/tenancy';
import { withVerificationAdmin } from '@app/verification';
import { v7 as uuidv7 } from 'uuid';
import { type ApiBench, createApiBench } from '../../../../test/support/api-bench';
import { eventually } from '../../../../test/support/eventually';
import { lost, newElements } from '../../../../test/support/verification-bench';

const JSON_BODY = { 'content-type': 'application/json' };

describe('four eyes, over HTTP', () => {
  let bench: ApiBench;
  let proposer: string;
  let second: string;
  const proposerId = uuidv7();
  beforeAll(async () => {
    bench = await createApiBench({ PIAOYAN_SETTLEMENT_LIMIT_YUAN: 0 });
    proposer = bench.person('securityAdministrator', { id: proposerId });
    second = bench.person('securityAdministrator');
  });
  afterAll(() => bench.close());

  const send = (method: string, path: string, body: object, key: string): Promise<Response> =>
    bench.fetch(path, { method, key, body: JSON.stringify(body), headers: JSON_BODY });
  const rules = async (): Promise<VerificationPolicyView> =>
    VerificationPolicyView.parse(await (await bench.fetch('/v1/verification-policy', { key: second })).json());
  const propose = (change: object, key = proposer): Promise<Response> =>
    send('PUT', '/v1/verification-policy', { reason: '额度调整', ...change }, key);
  const proposed = async (change: object = {}, key = proposer): Promise<ApprovalView> => {
    quota += 1;
    const answer = await propose({ version: (await rules()).version, dailyQuota: quota, ...change }, key);
    expect(answer.status).toBe(202);
    return ApprovalView.parse(await answer.json());
  };
  let quota = 100;
  const problemOf = async (answer: Promise<Response>): Promise<Problem> => Problem.parse(await (await answer).json());
  const shown = async (id: string): Promise<ApprovalView> =>
    ApprovalView.parse(await (await bench.fetch(`/v1/approvals/${id}`, { key: second })).json());
  const audited = (id: string): Promise<{ action: string; actor_id: string; detail: Record<string, unknown> }[]> =>
    bench.rows('select action, actor_id, detail from audit_entry where target_id = $1 order by id', [id]);

  it('changes the rules when a second person approved just what was proposed, as one version more', async () => {
    const before = await rules();
    const proposal = await proposed({ failover: 'on', monthlyBudgetYuan: '12.5' });
    expect(proposal).toMatchObject({
      state: 'open',
      kind: 'verificationPolicy.set',
      proposedBy: { id: proposerId, type: 'user' },
      decision: null,
    });
    expect(proposal.changes).toEqual([
      { field: 'version', before: String(before.version), after: String(before.version + 1) },
      { field: 'failover', before: 'off', after: 'on' },
      { field: 'dailyQuota', before: null, after: String(quota) },
      { field: 'monthlyBudgetFen', before: null, after: '1250' },
    ]);
    expect(await rules()).toEqual(before);
    const decided = ApprovalView.parse(await (await bench.decide(proposal, second)).json());
    expect(decided).toMatchObject({ state: 'approved', decision: { by: { type: 'user' }, reason: '已核对' } });
    expect(await rules()).toMatchObject({ version: before.version + 1, failover: 'on', dailyQuota: quota, monthlyBudgetYuan: '12.50' });
    expect(await audited(proposal.id)).toMatchObject([
      { action: 'approval.propose', actor_id: proposerId, detail: { payloadHash: proposal.payloadHash } },
      { action: 'approval.approve', detail: { proposedBy: proposerId, reason: '已核对' } },
    ]);
    const [version] = await bench.rows<{ approval_id: string; proposed_by: string; set_by: string }>(
      'select * from verification_policy_version order by version desc limit 1',
    );
    expect(version).toMatchObject({ approval_id: proposal.id, proposed_by: proposerId, set_by: decided.decision!.by.id });
    const verification = await send('POST', '/v1/verifications', { elements: newElements() }, bench.person('clerk'));
    expect(VerificationView.parse(await verification.json()).policyVersion).toBe(before.version + 1);
  });

  it('shows whoever decides what the change would have decided otherwise, and takes no yes to anything else', async () => {
    const clerk = bench.person('clerk');
    const odd = newElements({ billCode: '99060125' });
    const asked = VerificationView.parse(await (await send('POST', '/v1/verifications', { elements: odd }, clerk)).json());
    const tried = await send(
      'POST',
      '/v1/verification-policy/dry-run',
      { version: (await rules()).version, onImplausible: 'refuse' },
      proposer,
    );
    expect(tried.status).toBe(200);
    const found = PolicyDryRun.parse(await tried.json());
    expect(found.changes).toMatchObject([
      { before: { kind: 'called', provider: 'netocr' }, after: { kind: 'refused', refusal: 'implausible-elements' } },
    ]);
    expect(found.changes[0]!.ids).toContain(asked.id);
    const proposal = await proposed({ onImplausible: 'refuse' });
    expect(proposal.dryRun?.changes).toEqual(found.changes);
    expect(proposal.dryRun?.settlements).toEqual({ count: 0, secondPerson: { before: 0, after: 0 } });
    const [entry] = await audited(proposal.id);
    expect(entry!.detail.dryRunHash).toMatch(/^[0-9a-f]{64}$/);
    const shownToNobody = JSON.stringify({ ...proposal.dryRun, changes: [] });
    await bench.rows('update approval set dry_run = $2 where id = $1', [proposal.id, shownToNobody]);
    expect(await problemOf(bench.decide(proposal, second))).toMatchObject({ status: 409, code: 'approval-changed' });
    await bench.rows('update approval set dry_run = null where id = $1', [proposal.id]);
    expect(await problemOf(bench.decide(proposal, second))).toMatchObject({ code: 'approval-changed' });
    expect(await problemOf(send('POST', '/v1/verification-policy/dry-run', { version: 99 }, proposer))).toMatchObject({
      code: 'approval-outdated',
    });
    expect((await send('POST', '/v1/verification-policy/dry-run', { version: 1 }, clerk)).status).toBe(403);
  });

  it('binds what is proposed at the command line to a run by the settings that this api told', async () => {
    class Two extends Deciders {
      count = (): Promise<number> => Promise.resolve(2);
    }
    const operator = { type: 'operator' as const, id: 'op', name: 'op' };
    const options = { ownerUrl: bench.ownerUrl, applicationName: 'spec', deciders: new Two() };
    const { approval } = await withVerificationAdmin(options, (admin) => admin.setPolicy(operator, 'first', { dailyQuota: 0 }));
    const change = { version: (await rules()).version, dailyQuota: 0 };
    const inConsole = PolicyDryRun.parse(await (await send('POST', '/v1/verification-policy/dry-run', change, proposer)).json());
    const proposal = await shown(approval!.id);
    expect(inConsole.changes.length).toBeGreaterThan(0);
    expect(proposal.dryRun).toEqual(inConsole);
    await bench.rows(`update approval set dry_run = null where id = $1`, [proposal.id]);
    expect(await problemOf(bench.decide(proposal, second))).toMatchObject({ code: 'approval-changed' });
  });

  it('lets nobody approve their own, be it by another session or by a key of theirs', async () => {
    const proposal = await proposed();
    const again = bench.person('securityAdministrator', { id: proposerId });
    expect(await problemOf(bench.decide(proposal, again))).toMatchObject({ status: 403, code: 'approval-own' });
    const keyId = uuidv7();
    await bench.rows(
      `insert into audit_entry (tenant_id, id, action, actor_type, actor_id, actor_name, target_type, target_id, detail)
       values ($1, $2, 'apiKey.create', 'user', $3, 'x', 'apiKey', $4, '{}')`,
      [bench.tenantIds[0], uuidv7(), proposerId, keyId],
    );
    const actor = { type: 'apiKey' as const, id: keyId, name: 'robot' };
    const scopes = new Set(SCOPES_OF_ROLE.securityAdministrator);
    const key = bench.callers.add({ method: 'apiKey', scopes, tenant: { tenantId: bench.tenantIds[0], actor } });
    expect(await problemOf(bench.decide(proposal, key))).toMatchObject({ status: 403, code: 'approval-needs-person' });
    expect(await problemOf(bench.decide(await proposed({}, key), again))).toMatchObject({ code: 'approval-own' });
    expect((await shown(proposal.id)).state).toBe('open');
  });

  it('lets no key approve, though it has every scope', async () => {
    const proposal = await proposed();
    expect(await problemOf(bench.decide(proposal, bench.keys[0]))).toMatchObject({ status: 403, code: 'approval-needs-person' });
    expect(await problemOf(bench.decide(proposal, bench.keys[0], 'reject'))).toMatchObject({ code: 'approval-needs-person' });
    expect(await problemOf(bench.decide(proposal, bench.keys[1]))).toMatchObject({ status: 404, code: 'not-found' });
  });

  it('lets a person approve only within their own rights', async () => {
    const proposal = await proposed();
    expect(await problemOf(bench.decide(proposal, bench.person('accountant')))).toMatchObject({ code: 'forbidden' });
    expect(await problemOf(bench.decide(proposal, bench.person('systemAdministrator')))).toMatchObject({ code: 'forbidden' });
    expect((await bench.decide(proposal, bench.person('securityAdministrator', { tenant: 1 }))).status).toBe(404);
  });

  it('does nothing that its proposer may no longer ask for: disabled, of another role, or by a key that was revoked', async () => {
    const userId = uuidv7();
    await bench.rows(
      `insert into user_account (id, tenant_id, login, login_key, display_name, state, source, roles, must_change_password, created_at)
       values ($2, $1, 'leaver', 'leaver', 'leaver', 'active', 'local', '{securityAdministrator}', false, now())`,
      [bench.tenantIds[0], userId],
    );
    const proposal = await proposed({}, bench.person('securityAdministrator', { id: userId }));
    const key = await bench.newKey('policy.manage', 'policy.read');
    const byKey = await proposed({}, key);
    const lost = async (one: ApprovalView): Promise<void> =>
      expect(await problemOf(bench.decide(one, second))).toMatchObject({ status: 409, code: 'approval-right-lost' });
    await bench.rows(`update user_account set roles = '{clerk}' where id = $1`, [userId]);
    await lost(proposal);
    await bench.rows(`update user_account set roles = '{securityAdministrator}', state = 'disabled' where id = $1`, [userId]);
    await lost(proposal);
    await bench.rows(`update api_key set scopes = '{policy.read}' where id = $1`, [byKey.proposedBy.id]);
    await lost(byKey);
    await bench.rows(`update api_key set scopes = '{policy.manage}', revoked_at = now() where id = $1`, [byKey.proposedBy.id]);
    await lost(byKey);
    expect((await shown(proposal.id)).state).toBe('open');
    // It can be rejected all the same, and once the right is back, approved.
    expect((await bench.decide(byKey, second, 'reject')).status).toBe(200);
    await bench.rows(`update user_account set state = 'active' where id = $1`, [userId]);
    expect((await bench.decide(proposal, second)).status).toBe(200);
  });

  it('is for one decision, of two at once too', async () => {
    const proposal = await proposed();
    const deciders = [0, 1, 2, 3].map(() => bench.person('securityAdministrator'));
    const answers = await Promise.all(deciders.map((key) => bench.decide(proposal, key)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409]);
    expect(await problemOf(bench.decide(proposal, second, 'reject'))).toMatchObject({ code: 'approval-closed' });
    expect((await audited(proposal.id)).map(({ action }) => action)).toEqual(['approval.propose', 'approval.approve']);
  });

  it('fails cleanly when the rules were changed meanwhile', async () => {
    const [first, other] = [await proposed(), await proposed()];
    expect((await bench.decide(first, second)).status).toBe(200);
    const standing = await rules();
    expect(await problemOf(bench.decide(other, second))).toMatchObject({ status: 409, code: 'approval-outdated' });
    expect(await rules()).toEqual(standing);
    expect(await shown(other.id)).toMatchObject({ state: 'open', decision: null });
    expect((await bench.decide(other, second, 'reject')).status).toBe(200);
    expect(await shown(other.id)).toMatchObject({ state: 'rejected' });
    expect(await problemOf(propose({ version: standing.version - 1, dailyQuota: 1 }))).toMatchObject({ code: 'approval-outdated' });
  });

  it('decides exactly what was shown, and only in time', async () => {
    const proposal = await proposed();
    expect(await problemOf(bench.decide({ ...proposal, payloadHash: '0'.repeat(64) }, second))).toMatchObject({ code: 'approval-changed' });
    const tampered = JSON.stringify({ ...proposal.payload, dailyQuota: 9_999_999 });
    await bench.rows('update approval set payload = $2 where id = $1', [proposal.id, tampered]);
    expect(await problemOf(bench.decide(proposal, second))).toMatchObject({ status: 409, code: 'approval-changed' });
    const late = await proposed();
    await bench.rows('update approval set expires_at = now() where id = $1', [late.id]);
    expect(await problemOf(bench.decide(late, second))).toMatchObject({ status: 409, code: 'approval-expired' });
    expect(await shown(late.id)).toMatchObject({ state: 'expired' });
    const listed = ApprovalPage.parse(await (await bench.fetch('/v1/approvals?state=expired', { key: second })).json());
    expect(listed.items.map(({ id }) => id)).toEqual([late.id]);
  });

  it('keeps decision, act and record together: what cannot be put on record is not decided', async () => {
    const proposal = await proposed();
    const before = await rules();
    await bench.rows("alter table audit_entry add constraint no_rules check (action <> 'verificationPolicy.set') not valid");
    expect((await bench.decide(proposal, second)).status).toBe(503);
    await bench.rows('alter table audit_entry drop constraint no_rules');
    expect(await rules()).toEqual(before);
    expect(await shown(proposal.id)).toMatchObject({ state: 'open' });
    expect((await audited(proposal.id)).map(({ action }) => action)).toEqual(['approval.propose']);
  });

  it('is proposed once, and taken back by its proposer alone', async () => {
    const proposal = await proposed();
    const again = await propose({ version: (await rules()).version, dailyQuota: quota });
    expect(ApprovalView.parse(await again.json()).id).toBe(proposal.id);
    const withdrawal = `/v1/approvals/${proposal.id}/withdrawal`;
    expect(await problemOf(send('POST', withdrawal, {}, second))).toMatchObject({ code: 'forbidden' });
    expect(ApprovalView.parse(await (await send('POST', withdrawal, {}, proposer)).json()).state).toBe('withdrawn');
    expect(await problemOf(bench.decide(proposal, second))).toMatchObject({ code: 'approval-closed' });
  });

  it('opens a provider with two persons and closes it with one, at once; a register asks nobody that it does not hold open', async () => {
    const tenant = 1;
    const [one, two] = [bench.person('securityAdministrator', { tenant }), bench.person('securityAdministrator', { tenant })];
    const register = async (): Promise<ProviderRegisterView> =>
      ProviderRegisterView.parse(await (await bench.fetch('/v1/providers/register', { key: one })).json());
    const terms = { purpose: '财政电子票据查验', contractReference: '合同 2026-017', agreementReference: '协议 2026-017-1' };
    const opening = { provider: 'netocr', version: 0, ...terms, reason: '合同已签署' };
    const open = async (version: number): Promise<void> => {
      const proposal = ApprovalView.parse(await (await send('PUT', '/v1/providers/register', { ...opening, version }, one)).json());
      expect(await problemOf(bench.decide(proposal, one))).toMatchObject({ code: 'approval-own' });
      expect((await bench.decide(proposal, two)).status).toBe(200);
    };
    const close = (key: string): Promise<Response> =>
      send('POST', '/v1/providers/register/closure', { provider: 'netocr', reason: '数据泄露' }, key);
    const ask = async (provider: string): Promise<VerificationView> =>
      VerificationView.parse(await (await send('POST', '/v1/verifications', { elements: newElements(), provider }, bench.keys[1])).json());
    const holdOf = async ({ id }: VerificationView): Promise<string | null> =>
      VerificationView.parse(await (await bench.fetch(`/v1/verifications/${id}`, { key: bench.keys[1] })).json()).hold;
    expect(await register()).toEqual({ items: [], history: [] });
    await open(0);
    expect((await register()).items).toMatchObject([{ provider: 'netocr', version: 1, state: 'open', terms }]);
    const elsewhere = await ask('jumdata');
    await eventually(async () => (await holdOf(elsewhere)) === 'providerPaused');
    expect(await problemOf(close(bench.person('clerk', { tenant })))).toMatchObject({ code: 'forbidden' });
    expect((await close(one)).status).toBe(200);
    expect(await problemOf(send('PUT', '/v1/providers/register', { ...opening, version: 1 }, one))).toMatchObject({
      code: 'approval-outdated',
    });
    await open(2);
    const { items, history } = await register();
    expect(items).toMatchObject([{ version: 3, state: 'open', terms }]);
    expect(history.map(({ version, state }) => [version, state])).toEqual([
      [3, 'open'],
      [2, 'closed'],
      [1, 'open'],
    ]);
    const actions = await bench.rows<{ action: string }>(
      `select action from audit_entry where tenant_id = $1 and target_type = 'provider' order by id`,
      [bench.tenantIds[1]],
    );
    expect(actions.map(({ action }) => action)).toEqual(['provider.open', 'provider.close', 'provider.open']);
    const alone = `insert into provider_entry (tenant_id, provider, version, state, purpose, contract_reference, agreement_reference, reason,
      set_by, set_by_name, set_at) values ($1, 'jumdata', 1, 'open', 'x', 'x', 'x', 'x', 'x', 'x', now())`;
    await expect(bench.rows(alone, [bench.tenantIds[1]])).rejects.toThrow('provider_entry_open_ck');
  });

  it('settles above the limit with a second person, and nobody settles what they asked alone', async () => {
    bench.egress.willSay(lost);
    const clerkId = uuidv7();
    const headers = { ...JSON_BODY, prefer: 'wait=20' };
    const body = JSON.stringify({ elements: newElements() });
    const asked = await bench.fetch('/v1/verifications', { method: 'POST', key: bench.person('clerk', { id: clerkId }), body, headers });
    const unknown = VerificationView.parse(await asked.json());
    const order: SettlementRequest = { attemptId: unknown.attempts[0]!.id, charge: 'charged', reason: '纸质对账单' };
    const path = `/v1/verifications/${unknown.id}/settlement`;
    const accountant = bench.person('accountant');
    const answer = await send('POST', path, order, accountant);
    expect(answer.status).toBe(202);
    const proposal = ApprovalView.parse(await answer.json());
    expect(answer.headers.get('location')).toBe(`/v1/approvals/${proposal.id}`);
    expect(proposal.changes).toEqual([
      { field: 'charge', before: 'unknown', after: 'charged' },
      { field: 'priceYuan', before: '0.50', after: '0.50' },
    ]);
    expect(await problemOf(bench.decide(proposal, accountant))).toMatchObject({ code: 'approval-own' });
    expect((await bench.decide(proposal, bench.person('accountant'))).status).toBe(200);
    const settled = VerificationView.parse(await (await bench.fetch(`/v1/verifications/${unknown.id}`)).json());
    expect(settled).toMatchObject({ state: 'settled', charge: 'charged' });
    expect(await problemOf(send('POST', path, { ...order, charge: 'notCharged' }, accountant))).toMatchObject({ code: 'charge-settled' });
  });
});
