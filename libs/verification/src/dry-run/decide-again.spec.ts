import { DEFAULT_POLICY, type PolicyTerms } from '../policy/verification-policy.entity';
import { DEFAULT_PROVIDER_RULES } from '../request/provider-rules';
import { changedDecisions } from './changed-decisions';
import { type DecidedAgain, decideAgain, type DecisionContext } from './decide-again';
import type { PastCall, PastRequest } from './past-request';
import { secondPersons } from './second-persons';

const DAY = '2026-07-13';
const MORNING = new Date(`${DAY}T01:00:00Z`);
let made = 0;

const call = (changes: Partial<PastCall> = {}): PastCall => ({
  ...{ provider: 'netocr', day: DAY, outcome: 'MATCH', charge: 'charged', hao: 5_000n },
  ...changes,
});
/** A request that was a call of its own, for elements that nothing is odd about. */
function asked(changes: Partial<PastRequest> = {}): PastRequest {
  made += 1;
  return {
    ...{ id: `request ${made}`, at: MORNING, elementsHash: `elements ${made}`, provider: 'netocr', isProviderNamed: false },
    ...{ origin: 'upstream', sourceId: null, refusal: null, calls: [call()] },
    elements: { billCode: '11060126', issueDate: '2026-07-01', totalAmount: '486.20' },
    ...changes,
  };
}
const refusedBy = (refusal: PastRequest['refusal'], changes: Partial<PastRequest> = {}): PastRequest =>
  asked({ origin: 'local', refusal, calls: [], ...changes });

const context = (changes: Partial<DecisionContext> = {}): DecisionContext => ({
  defaultProvider: 'netocr',
  providerRules: DEFAULT_PROVIDER_RULES,
  prices: { netocr: 5_000n, jumdata: 6_000n, generic: 1_000n },
  earlier: [],
  standing: DEFAULT_POLICY,
  ...changes,
});
const decided = (requests: readonly PastRequest[], terms: Partial<PolicyTerms> = {}, more: Partial<DecisionContext> = {}): DecidedAgain =>
  decideAgain(requests, { ...DEFAULT_POLICY, ...terms }, context(more));
const words = ({ decisions }: DecidedAgain): string[] =>
  decisions.map(({ kind, provider, refusal }) => [kind, provider ?? refusal].join(' '));

describe('past requests by other rules', () => {
  it('are decided as they were by the rules that they were decided by', () => {
    const first = asked();
    const requests = [first, asked({ origin: 'cache', sourceId: first.id, elementsHash: first.elementsHash, calls: [] })];
    expect(words(decided(requests))).toEqual(['called netocr', 'stored ']);
    expect(decided(requests)).toMatchObject({ calls: 1, hao: 5_000n });
  });

  it('are refused beyond a quota, which counts by the Shanghai day and what was used before', () => {
    const evening = new Date(`${DAY}T16:00:00Z`);
    const requests = [asked(), asked(), asked({ at: evening, calls: [call({ day: '2026-07-14' })] })];
    const earlier = [{ day: DAY, calls: 1, hao: 5_000n }];
    expect(words(decided(requests, { dailyQuota: 2 }, { earlier }))).toEqual(['called netocr', 'refused tenant-quota', 'called netocr']);
  });

  it('are refused beyond a budget, which counts by the month', () => {
    const requests = [asked(), asked(), asked()];
    const earlier = [{ day: '2026-07-01', calls: 1, hao: 5_000n }];
    expect(words(decided(requests, { monthlyBudgetFen: 150n }, { earlier }))).toEqual([
      'called netocr',
      'called netocr',
      'refused tenant-budget',
    ]);
    expect(words(decided(requests, { monthlyBudgetFen: 150n }, { earlier: [{ day: '2026-06-30', calls: 9, hao: 90_000n }] }))).toEqual(
      requests.map(() => 'called netocr'),
    );
  });

  it('count no call that surely cost nothing', () => {
    const free = asked({ calls: [call({ outcome: 'PROVIDER_ERROR', charge: 'notCharged' })] });
    expect(words(decided([free, asked()], { dailyQuota: 1 }))).toEqual(['called netocr', 'called netocr']);
  });

  it('become calls of the price where a quota refused them, once for the same elements', () => {
    const requests = [refusedBy('tenant-quota', { elementsHash: 'x' }), refusedBy('tenant-quota', { elementsHash: 'x' })];
    expect(words(decided(requests, { dailyQuota: 5 }))).toEqual(['called netocr', 'stored ']);
    expect(decided(requests, { dailyQuota: 5 })).toMatchObject({ calls: 1, hao: 5_000n });
  });

  it('lose what the store would never have held', () => {
    const first = asked();
    const again = asked({ origin: 'cache', sourceId: first.id, elementsHash: first.elementsHash, calls: [] });
    expect(words(decided([first, again], { dailyQuota: 0 }))).toEqual(['refused tenant-quota', 'refused tenant-quota']);
    const longAgo = asked({ origin: 'cache', sourceId: 'before the first', calls: [] });
    expect(words(decided([longAgo], { dailyQuota: 0 }))).toEqual(['stored ']);
  });

  it('are refused for odd elements only where the rules say so', () => {
    const odd = asked({ elements: { billCode: '11060125', issueDate: '2026-07-01', totalAmount: '1.00' } });
    expect(words(decided([odd]))).toEqual(['called netocr']);
    expect(words(decided([odd], { onImplausible: 'refuse' }))).toEqual(['refused implausible-elements']);
  });

  it('stay refused where no tenant’s rule refused them', () => {
    expect(words(decided([refusedBy('daily-limit')], { dailyQuota: 99 }))).toEqual(['refused daily-limit']);
    const future = refusedBy('future-date', { elements: { billCode: '11060126', issueDate: '2026-07-14', totalAmount: '1.00' } });
    expect(words(decided([future]))).toEqual(['refused future-date']);
  });

  it('go to another provider, at its price, unless they named theirs', () => {
    const free = [call({ outcome: 'PROVIDER_ERROR', charge: 'notCharged' as const })];
    const requests = [asked(), asked({ isProviderNamed: true }), asked({ isProviderNamed: null }), asked({ calls: free })];
    const all = decided(requests, { provider: 'jumdata' });
    expect(words(all)).toEqual(['called jumdata', 'called netocr', 'called jumdata', 'called jumdata']);
    expect(all).toMatchObject({ calls: 3, hao: 17_000n });
    expect(words(decided([asked({ isProviderNamed: null, provider: 'generic' })], { provider: 'jumdata' }))).toEqual(['called generic']);
  });

  it('go on to a second provider only after what cost nothing, and only where the rules allow it', () => {
    const refused = [call({ outcome: 'TYPE_ERROR', charge: 'notCharged' })];
    const requests = [asked({ calls: refused }), asked()];
    expect(words(decided(requests))).toEqual(['called netocr', 'called netocr']);
    const on = decided(requests, { failover: 'on' });
    expect(words(on)).toEqual(['calledNext netocr', 'called netocr']);
    expect(on).toMatchObject({ calls: 2, hao: 11_000n });
    const went = asked({ calls: [...refused, call({ provider: 'jumdata', hao: 7_000n })] });
    expect(decided([went], { failover: 'on' })).toMatchObject({ calls: 1, hao: 7_000n });
    expect(decided([went])).toMatchObject({ decisions: [{ kind: 'called' }], calls: 0, hao: 0n });
  });
});

describe('what two sets of rules decide otherwise', () => {
  it('is counted by what it was and becomes, with the newest ten', () => {
    const requests = Array.from({ length: 12 }, () => asked());
    const [before, after] = [decided(requests), decided(requests, { dailyQuota: 1 })];
    expect(changedDecisions(requests, before.decisions, after.decisions)).toEqual([
      {
        before: { kind: 'called', provider: 'netocr', refusal: null },
        after: { kind: 'refused', provider: null, refusal: 'tenant-quota' },
        count: 11,
        ids: requests
          .slice(2)
          .map(({ id }) => id)
          .reverse(),
      },
    ]);
    expect(changedDecisions(requests, before.decisions, before.decisions)).toEqual([]);
  });
});

describe('second persons for settlements', () => {
  it('are needed from where a day’s sum passes the limit', () => {
    const settled = [1, 2, 3].map(() => ({ day: DAY, hao: 5_000n }));
    expect(secondPersons(settled, 10_000n)).toBe(1);
    expect(secondPersons([...settled, { day: '2026-07-14', hao: 5_000n }], 10_000n)).toBe(1);
    expect(secondPersons(settled, 0n)).toBe(3);
  });
});
