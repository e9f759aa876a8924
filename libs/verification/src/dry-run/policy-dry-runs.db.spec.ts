import type { PolicyDryRun } from '@app/contracts';
import type { TenantContext } from '@app/database';
import { SendingOf } from '../../../../test/support/sending-of';
import {
  answered,
  createVerificationBench,
  lost,
  newElements,
  type Script,
  type VerificationBench,
} from '../../../../test/support/verification-bench';
import type { PolicyTerms } from '../policy/verification-policy.entity';

const MATCH = answered('0', { reversed: false });
const KNOWN_REGION = '11060126';
/** What is asked one after the other: of which bill, and what the provider says of it. */
const SEQUENCE: readonly { bill: number; says: Script; billCode?: string; provider?: 'netocr' }[] = [
  { bill: 1, says: MATCH },
  { bill: 2, says: answered('-30015') },
  { bill: 1, says: MATCH },
  { bill: 3, says: lost },
  { bill: 4, says: MATCH, billCode: '99060126' },
  { bill: 5, says: answered('-30004') },
  { bill: 6, says: MATCH, provider: 'netocr' },
  { bill: 7, says: MATCH },
  { bill: 7, says: MATCH },
  { bill: 8, says: MATCH, billCode: '11060125' },
];

describe('a dry run of other rules', () => {
  let bench: VerificationBench;
  let sending: SendingOf;
  let made = 0;
  beforeAll(async () => {
    bench = await createVerificationBench();
    sending = new SendingOf(bench);
  });
  afterAll(() => bench.close());

  /** A tenant with these rules, of which the whole sequence was asked. */
  async function asked(terms: Partial<PolicyTerms>): Promise<TenantContext> {
    made += 1;
    const tenant = await bench.newTenant(`dry ${made}`);
    await bench.administer((admin, operator) => admin.setPolicy(operator, `dry ${made}`, terms));
    const bills = new Map<number, ReturnType<typeof newElements>>();
    for (const { bill, says, billCode = KNOWN_REGION, provider } of SEQUENCE) {
      const elements = bills.get(bill) ?? newElements({ billCode });
      bills.set(bill, elements);
      bench.egress.willSay(says);
      const one = await bench.requests.request(tenant, { elements, ...(provider && { provider }) });
      for (let at = 0; at < 8 && (await sending.look(one)).verification.isOpen; at += 1) await sending.run(one);
    }
    return tenant;
  }
  const run = (tenant: TenantContext, changes: Partial<PolicyTerms>): Promise<PolicyDryRun> =>
    bench.dryRuns.run(tenant, 1, (standing) => ({ ...standing, ...changes }));
  /** The decisions of a tenant as they were made live. */
  const live = async (tenant: TenantContext): Promise<Record<string, number>> =>
    counted(
      (await run(tenant, {})).requests,
      await bench.rows<{ word: string }>(
        `select case when refusal_code is not null then refusal_code when origin <> 'upstream' then 'stored' else 'called' end as word
         from verification where tenant_id = $1`,
        [tenant.tenantId],
      ),
    );
  function counted(of: number, rows: readonly { word: string }[]): Record<string, number> {
    expect(rows).toHaveLength(of);
    const counts: Record<string, number> = {};
    for (const { word } of rows) counts[word] = (counts[word] ?? 0) + 1;
    return counts;
  }

  it.each<[string, Partial<PolicyTerms>]>([
    ['a quota', { dailyQuota: 4 }],
    ['a budget', { monthlyBudgetFen: 150n }],
    ['no patience with what is odd', { onImplausible: 'refuse' }],
    ['a second provider', { failover: 'on' }],
    ['all of it', { dailyQuota: 5, monthlyBudgetFen: 200n, onImplausible: 'refuse', failover: 'wide' }],
  ])('tells of %s what a tenant that had it decided live, and finds its own record again', async (_what, terms) => {
    const [plain, other] = [await asked({}), await asked(terms)];
    const forward = await run(plain, terms);
    const back = await run(other, {});
    expect(forward.asRecorded).toBe(SEQUENCE.length);
    expect(back.asRecorded).toBe(SEQUENCE.length);
    const foretold = await live(plain);
    for (const { before, after, count } of forward.changes) {
      for (const [decision, step] of [
        [before, -count],
        [after, count],
      ] as const) {
        const word = decision.refusal ?? decision.kind.replace('calledNext', 'called');
        foretold[word] = (foretold[word] ?? 0) + step;
      }
    }
    expect(Object.fromEntries(Object.entries(foretold).filter(([, count]) => count > 0))).toEqual(await live(other));
  });

  it('calls nobody, changes nothing, and is on record without an element', async () => {
    const tenant = await asked({});
    const upstream = bench.egress.upstreamCalls.length;
    const tables = [
      'verification',
      'attempt',
      'charge',
      'bill_day_count',
      'verification_policy',
      'verification_policy_version',
      'approval',
    ];
    const state = async (): Promise<object[]> =>
      Promise.all(tables.map((table) => bench.rows(`select md5(string_agg(t::text, '' order by t::text)) from ${table} t`)));
    const before = await state();
    const found = await run(tenant, { dailyQuota: 1, provider: 'jumdata' });
    expect(found).toMatchObject({ policyVersion: 1, requests: SEQUENCE.length, isCut: false });
    expect(found.changes.length).toBeGreaterThan(0);
    expect(await state()).toEqual(before);
    expect(bench.egress.upstreamCalls).toHaveLength(upstream);
    const [entry] = await bench.rows<{ detail: Record<string, unknown> }>(
      `select detail from audit_entry where tenant_id = $1 and action = 'verificationPolicy.dryRun'`,
      [tenant.tenantId],
    );
    expect(Object.keys(entry!.detail).sort()).toEqual(['baseVersion', 'changed', 'from', 'requests', 'to']);
    await expect(bench.dryRuns.run(tenant, 0, (standing) => standing)).rejects.toMatchObject({ code: 'approval-outdated' });
  });

  it('sees no other tenant’s requests, and none when the audit cannot be written', async () => {
    await asked({});
    const tenant = await asked({});
    expect(await run(tenant, {})).toMatchObject({ requests: SEQUENCE.length });
    bench.audit.refused = 'verificationPolicy.dryRun';
    await expect(run(tenant, {})).rejects.toThrow('audit refused');
    bench.audit.refused = null;
  });
});
