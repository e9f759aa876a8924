import { ChargePage, ChargeSummary, Problem, SettlementView, shanghaiDay, VerificationView } from '@app/contracts';
import { v7 as uuidv7 } from 'uuid';
import { type ApiBench, createApiBench } from '../../../../test/support/api-bench';
import { answered, lost, newElements, type Script } from '../../../../test/support/verification-bench';

const NOWHERE = '019ab1c2-0000-7000-8000-000000000000';

describe('charges over HTTP', () => {
  let bench: ApiBench;
  beforeAll(async () => {
    bench = await createApiBench();
  });
  afterAll(() => bench.close());

  const post = (path: string, body: object, key = bench.keys[0], headers: Record<string, string> = {}): Promise<Response> =>
    bench.fetch(path, { method: 'POST', key, body: JSON.stringify(body), headers: { 'content-type': 'application/json', ...headers } });
  async function verified(script: Script): Promise<VerificationView> {
    bench.egress.willSay(script);
    const response = await post('/v1/verifications', { elements: newElements() }, bench.keys[0], { prefer: 'wait=20' });
    return VerificationView.parse(await response.json());
  }
  const orderFor = ({ attempts }: VerificationView): { attemptId: string; charge: string; reason: string } => ({
    attemptId: attempts[0]!.id,
    charge: 'charged',
    reason: 'listed on paper',
  });
  const problem = async (response: Response): Promise<Problem> => Problem.parse(await response.json());

  it('settles an unknown charge once, and shows it in the ledger and in the verification', async () => {
    const unknown = await verified(lost);
    const path = `/v1/verifications/${unknown.id}/settlement`;
    const accountant = await bench.newKey('charge.settle');
    const first = await post(path, orderFor(unknown), accountant);
    expect(first.status).toBe(201);
    const settlement = SettlementView.parse(await first.json());
    expect(settlement).toMatchObject({ charge: 'charged', source: 'operator', priceYuan: '0.50', reason: 'listed on paper' });
    expect(await (await post(path, orderFor(unknown), accountant)).json()).toEqual(settlement);
    expect(await problem(await post(path, { ...orderFor(unknown), charge: 'notCharged' }, accountant))).toMatchObject({
      status: 409,
      code: 'charge-settled',
    });
    const shown = VerificationView.parse(await (await bench.fetch(`/v1/verifications/${unknown.id}`)).json());
    expect(shown).toMatchObject({
      state: 'settled',
      verdict: 'none',
      charge: 'charged',
      attempts: [{ state: 'unknown', charge: 'charged' }],
    });
    const { items } = ChargePage.parse(await (await bench.fetch('/v1/charges?limit=1')).json());
    expect(items).toMatchObject([
      { attemptId: unknown.attempts[0]!.id, charge: 'charged', settledAt: settlement.settledAt, isPlaceholderPrice: true },
    ]);
  });

  it('refuses to settle what is known, what is not there, what is not the tenant’s, and without the scope', async () => {
    const known = await verified(answered('0', { reversed: false }));
    expect(await problem(await post(`/v1/verifications/${known.id}/settlement`, orderFor(known)))).toMatchObject({ code: 'charge-known' });
    const unknown = await verified(lost);
    const path = `/v1/verifications/${unknown.id}/settlement`;
    expect(await problem(await post(`/v1/verifications/${NOWHERE}/settlement`, orderFor(unknown)))).toMatchObject({ code: 'not-found' });
    expect(await problem(await post(path, orderFor(unknown), bench.keys[1]))).toMatchObject({ code: 'not-found' });
    const clerk = await bench.newKey('verification.write', 'verification.read');
    expect(await problem(await post(path, orderFor(unknown), clerk))).toMatchObject({ code: 'forbidden' });
    expect(await problem(await post(path, { ...orderFor(unknown), charge: 'unknown' }))).toMatchObject({ code: 'invalid-field' });
    expect(await problem(await post(path, { ...orderFor(unknown), reason: ' ' }))).toMatchObject({ code: 'invalid-field' });
  });

  it('takes a second person where whoever asked also says what it cost', async () => {
    bench.egress.willSay(lost);
    const key = bench.person(['verification.write', 'verification.read', 'charge.settle']);
    const asked = await post('/v1/verifications', { elements: newElements() }, key, { prefer: 'wait=20' });
    const unknown = VerificationView.parse(await asked.json());
    const path = `/v1/verifications/${unknown.id}/settlement`;
    expect((await post(path, orderFor(unknown), key)).status).toBe(202);
    expect((await post(path, orderFor(unknown), bench.person('accountant'))).status).toBe(201);
  });

  it('takes a second person from a key that asked, and from whoever had a hand in the key that asked or settles', async () => {
    const [clerk, maker, other] = [uuidv7(), uuidv7(), uuidv7()];
    const madeBy = async (person: string): Promise<string> => {
      const keyId = uuidv7();
      await bench.rows(
        `insert into audit_entry (tenant_id, id, action, actor_type, actor_id, actor_name, target_type, target_id, detail)
         values ($1, $2, 'apiKey.create', 'user', $3, 'x', 'apiKey', $4, '{}')`,
        [bench.tenantIds[0], uuidv7(), person, keyId],
      );
      const scopes = new Set(['verification.write', 'verification.read', 'charge.settle'] as const);
      const actor = { type: 'apiKey' as const, id: keyId, name: 'robot' };
      return bench.callers.add({ method: 'apiKey', scopes, tenant: { tenantId: bench.tenantIds[0], actor } });
    };
    const robot = await madeBy(maker);
    const ask = async (key: string): Promise<VerificationView> => {
      bench.egress.willSay(lost);
      const answer = await post('/v1/verifications', { elements: newElements() }, key, { prefer: 'wait=20' });
      return VerificationView.parse(await answer.json());
    };
    const settle = async (unknown: VerificationView, key: string): Promise<number> =>
      (await post(`/v1/verifications/${unknown.id}/settlement`, orderFor(unknown), key)).status;
    const byRobot = await ask(robot);
    expect(await settle(byRobot, robot)).toBe(202);
    expect(await settle(byRobot, bench.person('accountant', { id: maker }))).toBe(202);
    expect(await settle(byRobot, await madeBy(maker))).toBe(202);
    expect(await settle(byRobot, await madeBy(other))).toBe(201);
    const byClerk = await ask(bench.person(['verification.write', 'verification.read'], { id: clerk }));
    expect(await settle(byClerk, await madeBy(clerk))).toBe(202);
    expect(await settle(byClerk, bench.person('accountant'))).toBe(201);
  });

  it('sums what the calls of the own tenant came to', async () => {
    // Midnight may come in between.
    const [yesterday, tomorrow] = [-86_400_000, 86_400_000].map((offset) => shanghaiDay(new Date(Date.now() + offset)));
    const of = async (key = bench.keys[0], by = 'provider'): Promise<ChargeSummary> => {
      const response = await bench.fetch(`/v1/charges/summary?from=${yesterday}&to=${tomorrow}&by=${by}`, { key });
      expect(response.status).toBe(200);
      return ChargeSummary.parse(await response.json());
    };
    const before = await of();
    await verified(answered('-30004'));
    const { rows, total } = await of();
    expect(rows).toMatchObject([{ key: 'netocr' }]);
    expect(total.free).toBe(before.total.free + 1);
    expect(total.charged + total.free + total.unknown).toBe(total.calls);
    expect(total.hasPlaceholderPrice).toBe(true);
    expect(await of(bench.keys[1])).toMatchObject({ rows: [], total: { calls: 0, amountYuan: '0.00' } });
  });

  it.each(['from=2026-01-02&to=2026-01-01', 'from=2020-01-01&to=2026-01-01', 'from=2026-02-30&to=2026-03-01', 'from=2026-01-01', ''])(
    'refuses the days %j',
    async (query) => {
      expect(await problem(await bench.fetch(`/v1/charges/summary?${query}`))).toMatchObject({ code: 'invalid-field' });
    },
  );

  it('keeps what is settled by hand in a day within the tenant’s own limit, into however many calls it is split and by whomever', async () => {
    await bench.rows(
      `insert into verification_policy (tenant_id, version, failover, on_implausible, settlement_limit_fen, updated_at)
       values ($1, 1, 'off', 'warn', 100, now())`,
      [bench.tenantIds[1]],
    );
    const settled: number[] = [];
    for (let call = 0; call < 3; call += 1) {
      bench.egress.willSay(lost);
      const asked = await post('/v1/verifications', { elements: newElements() }, bench.keys[1], { prefer: 'wait=20' });
      const unknown = VerificationView.parse(await asked.json());
      const accountant = bench.person('accountant', { tenant: 1 });
      settled.push((await post(`/v1/verifications/${unknown.id}/settlement`, orderFor(unknown), accountant)).status);
    }
    expect(settled).toEqual([201, 201, 202]);
  });
});
