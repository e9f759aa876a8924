import type { Elements } from '@app/contracts';
import {
  answered,
  createVerificationBench,
  lost,
  newElements,
  type Script,
  type VerificationBench,
} from '../../../../../test/support/verification-bench';
import { messageOf } from '../../messages';
import { verdictOf } from '../../verdict';
import type { Verification } from '../../verification.entity';
import type { SettlementOrder } from './settlement';

const NOWHERE = '019ab1c2-0000-7000-8000-000000000000';

describe('settling an unknown charge', () => {
  let bench: VerificationBench;
  beforeAll(async () => {
    bench = await createVerificationBench();
  });
  afterAll(() => bench.close());
  afterEach(async () => {
    bench.audit.refused = null;
    // So many lost answers would open the provider's circuit.
    await bench.rows('update provider_channel set failures = 0');
  });

  async function ended(script: Script, elements: Elements = newElements()): Promise<{ verification: Verification; attemptId: string }> {
    bench.egress.willSay(script);
    const verification = await bench.requests.request(bench.tenants[0], { elements });
    return { verification, attemptId: await sent(verification) };
  }
  async function sent({ id }: Verification): Promise<string> {
    const [job] = await bench.rows<{ data: { tenantId: string; verificationId: string; attemptId: string } }>(
      `select data from pgboss.job where name = 'verification.send' and data->>'verificationId' = $1`,
      [id],
    );
    await bench.sending.send(job!.data, { id: 'job', signal: new AbortController().signal });
    return job!.data.attemptId;
  }
  const byPerson = (attemptId: string, changes: Partial<Extract<SettlementOrder, { source: 'operator' }>> = {}): SettlementOrder => ({
    attemptId,
    charge: 'notCharged',
    source: 'operator',
    statement: null,
    reason: 'told by telephone',
    providerCode: null,
    feeHao: null,
    ...changes,
  });
  const byStatement = (attemptId: string, changes: Partial<Extract<SettlementOrder, { source: 'statement' }>> = {}): SettlementOrder => ({
    attemptId,
    charge: 'charged',
    source: 'statement',
    statement: { sha256: 'a'.repeat(64), line: 7 },
    reason: null,
    providerCode: '0',
    feeHao: 3_550n,
    ...changes,
  });
  const settle = (order: SettlementOrder) => bench.settling.settle(bench.tenants[0], order);
  const current = async ({ id }: Verification) => (await bench.verifications.get(bench.tenants[0], id)).verification;
  const places = async ({ billHash }: Verification): Promise<number> =>
    (await bench.rows<{ used: number }>('select used from bill_day_count where bill_hash = $1', [billHash]))[0]!.used;

  it('closes the charge and the verification, for whoever joined too, and says so in the audit', async () => {
    const elements = newElements();
    bench.egress.willSay(lost);
    const first = await bench.requests.request(bench.tenants[0], { elements });
    const joined = await bench.requests.request(bench.tenants[0], { elements });
    const attemptId = await sent(first);
    expect(await settle(byPerson(attemptId, { charge: 'charged' }))).toMatchObject({ charge: 'charged', priceHao: 5_000n });
    expect(await current(first)).toMatchObject({ state: 'settled', charge: 'charged', outcome: 'NETWORK_TIMEOUT' });
    expect(await current(joined)).toMatchObject({ state: 'settled', charge: 'notCharged', origin: 'joined' });
    const [audit] = await bench.rows(`select detail from audit_entry where action = 'charge.settle' and target_id = $1`, [attemptId]);
    expect(audit).toMatchObject({ detail: { charge: 'charged', source: 'operator', reason: 'told by telephone', priceHao: '5000' } });
    expect(bench.settlements.told.slice(-2).map(({ id, state }) => [id, state])).toEqual([
      [first.id, 'settled'],
      [joined.id, 'settled'],
    ]);
    const ledger = await bench.charges.page(bench.tenants[0], { limit: 1 });
    expect(ledger.items).toMatchObject([{ entry: { attemptId, state: 'unknown' }, settlement: { charge: 'charged' } }]);
  });

  it('gives no green light for a statement that says the bill matched', async () => {
    const { verification, attemptId } = await ended(lost);
    await settle(byStatement(attemptId));
    const settled = await current(verification);
    expect(settled).toMatchObject({ state: 'settled', outcome: 'NETWORK_TIMEOUT', settledOutcome: 'MATCH', face: null });
    expect(verdictOf(settled)).toBe('none');
    expect(messageOf(settled)['zh-CN']).toBe('渠道账单称一致,但未留存回复,请重新查验');
    bench.egress.willSay(answered('0', { reversed: false }));
    const again = await bench.requests.request(bench.tenants[0], { elements: verification.elements });
    expect(again).toMatchObject({ state: 'queued', origin: 'upstream' });
  });

  it('settles the same content once, and refuses any other', async () => {
    const { attemptId } = await ended(lost);
    const [first, second] = await Promise.all([settle(byPerson(attemptId)), settle(byPerson(attemptId))]);
    expect(second).toEqual(first);
    for (const other of [byPerson(attemptId, { reason: 'another' }), byPerson(attemptId, { charge: 'charged' }), byStatement(attemptId)])
      await expect(settle(other)).rejects.toMatchObject({ code: 'charge-settled' });
    expect(await bench.rows(`select 1 from audit_entry where action = 'charge.settle' and target_id = $1`, [attemptId])).toHaveLength(1);
  });

  it('leaves a charge alone that the call itself told, and one that is not there', async () => {
    const known = await ended(answered('0', { reversed: false }));
    await expect(settle(byPerson(known.attemptId))).rejects.toMatchObject({ code: 'charge-known' });
    await expect(settle(byPerson(NOWHERE))).rejects.toMatchObject({ code: 'not-found' });
    const { attemptId } = await ended(lost);
    const foreign = bench.settling.settle(bench.tenants[1], byPerson(attemptId));
    await expect(foreign).rejects.toMatchObject({ code: 'not-found' });
    const elsewhere = bench.settling.settle(bench.tenants[0], byPerson(attemptId), known.verification.id);
    await expect(elsewhere).rejects.toMatchObject({ code: 'not-found' });
  });

  it('changes nothing when the audit cannot be written', async () => {
    const { verification, attemptId } = await ended(lost);
    bench.audit.refused = 'charge.settle';
    await expect(settle(byPerson(attemptId))).rejects.toThrow('audit refused');
    expect(await current(verification)).toMatchObject({ state: 'unknown', charge: 'unknown' });
    expect(await bench.rows('select 1 from charge_settlement where attempt_id = $1', [attemptId])).toHaveLength(0);
  });

  it('gives the place of the day back only where the provider says that nothing was looked up', async () => {
    const refused = await ended(lost);
    await settle(byStatement(refused.attemptId, { charge: 'notCharged', providerCode: '-30005' }));
    expect(await places(refused.verification)).toBe(0);
    const absent = await ended(lost);
    await settle(
      byStatement(absent.attemptId, { charge: 'notCharged', providerCode: null, statement: { sha256: 'b'.repeat(64), line: null } }),
    );
    expect(await places(absent.verification)).toBe(1);
    const lookedUp = await ended(lost);
    await settle(byStatement(lookedUp.attemptId, { charge: 'notCharged', providerCode: '-30010' }));
    expect(await places(lookedUp.verification)).toBe(1);
    const vouched = await ended(lost);
    await settle(byPerson(vouched.attemptId));
    expect(await places(vouched.verification)).toBe(1);
  });

  it('owes the fee of the statement, and nothing where it was not charged', async () => {
    const charged = await ended(lost);
    expect(await settle(byStatement(charged.attemptId))).toMatchObject({ priceHao: 3_550n });
    const free = await ended(lost);
    expect(await settle(byStatement(free.attemptId, { charge: 'notCharged' }))).toMatchObject({ priceHao: 0n });
  });

  it('gives back to the budget of the month what was not charged, and takes what the statement asks', async () => {
    const tenant = await bench.newTenant('thrifty');
    await bench.administer((admin, operator) => admin.setPolicy(operator, 'thrifty', { monthlyBudgetFen: 99n }));
    const ask = () => bench.requests.request(tenant, { elements: newElements() });
    bench.egress.willSay(lost);
    const free = await ask();
    const freeAttempt = await sent(free);
    expect(await ask()).toMatchObject({ state: 'refused', refusalCode: 'tenant-budget' });
    await bench.settling.settle(tenant, byPerson(freeAttempt));
    const cheap = await ask();
    expect(cheap).toMatchObject({ state: 'queued' });
    const cheapAttempt = await sent(cheap);
    expect(await ask()).toMatchObject({ state: 'refused' });
    await bench.settling.settle(tenant, byStatement(cheapAttempt, { feeHao: 4_900n }));
    expect(await ask()).toMatchObject({ state: 'queued' });
  });

  it('settles an answer whose code nobody knows', async () => {
    const { verification, attemptId } = await ended(answered('-99999'));
    expect(await current(verification)).toMatchObject({ state: 'unknown', outcome: 'UNKNOWN_CODE' });
    await settle(byPerson(attemptId));
    expect(await current(verification)).toMatchObject({ state: 'settled', charge: 'notCharged', outcome: 'UNKNOWN_CODE' });
  });
});
