import { type DryRunDecision, type ProviderId, shanghaiDay } from '@app/contracts';
import { outcomePolicy } from '@app/providers';
import type { PolicyTerms } from '../policy/verification-policy.entity';
import type { ProviderRules } from '../request/provider-rules';
import { providerToAsk } from '../rules/provider-to-ask';
import { refusalBeforeAsking } from '../rules/refusal-before-asking';
import { refusalBeyondAllowance } from '../rules/refusal-beyond-allowance';
import { movesOn } from './moves-on';
import type { PastCall, PastRequest } from './past-request';
import { Tally, type UsedDay } from './tally';

/** What past requests are decided by, beside the terms. */
export interface DecisionContext {
  /** Asked where neither request nor terms name one. */
  defaultProvider: ProviderId;
  providerRules: Readonly<Record<ProviderId, ProviderRules>>;
  /** Price of a call, in 毫. */
  prices: Readonly<Record<ProviderId, bigint>>;
  /** What was used in the first request's month for earlier requests. */
  earlier: readonly UsedDay[];
  /** Terms by which requests were decided of which it was not noted whether they named their provider. */
  standing: PolicyTerms;
}

/** What became of all requests, in their order, and what their calls come to. */
export interface DecidedAgain {
  decisions: DryRunDecision[];
  /** Calls that are charged or may be. */
  calls: number;
  hao: bigint;
}

/**
 * Decides past requests, oldest first, by other terms, as if each were made anew on its day. Live requests are decided by the same rules
 * (`rules/`); what the store held then is taken from the record. Pure: asks nobody and knows no clock.
 */
export function decideAgain(requests: readonly PastRequest[], terms: PolicyTerms, context: DecisionContext): DecidedAgain {
  const run = new Run(requests, terms, context);
  const decisions = requests.map((request) => run.decide(request));
  return { decisions, ...run.total };
}

class Run {
  private readonly tally: Tally;
  private readonly known: ReadonlySet<string>;
  private readonly asked = new Set<string>();
  private readonly answered = new Set<string>();
  readonly total = { calls: 0, hao: 0n };

  constructor(
    requests: readonly PastRequest[],
    private readonly terms: PolicyTerms,
    private readonly context: DecisionContext,
  ) {
    this.tally = new Tally(context.earlier);
    this.known = new Set(requests.map(({ id }) => id));
  }

  decide(request: PastRequest): DryRunDecision {
    const today = shanghaiDay(request.at);
    const provider = this.providerOf(request);
    const { providerRules, prices } = this.context;
    const refusal = refusalBeforeAsking(request.elements, today, { terms: this.terms, ofProvider: providerRules[provider] });
    if (refusal !== null) return refused(refusal.code);
    if (this.isStored(request)) return { kind: 'stored', provider: null, refusal: null };
    // The bill's five calls a day are no tenant's rule: the record stands.
    if (request.refusal === 'daily-limit') return refused('daily-limit');
    const beyond = refusalBeyondAllowance(this.tally.usedOn(today), prices[provider], { terms: this.terms, today });
    return beyond === null ? this.call(request, provider, today) : refused(beyond.code);
  }

  private call(request: PastRequest, provider: ProviderId, today: string): DryRunDecision {
    const isAsThen = provider === request.provider && request.calls.length > 0;
    this.asked.add(request.elementsHash);
    if (!isAsThen || isAnswered(request)) this.answered.add(request.elementsHash);
    const goesNext = isAsThen && movesOn(request.calls, this.terms.failover);
    for (const call of this.callsOf(request, provider, { today, isAsThen, goesNext })) this.count(call);
    return { kind: goesNext ? 'calledNext' : 'called', provider, refusal: null };
  }

  /** The calls as they were, those that another rule leaves out left out, and one of the price where none like it was made. */
  private callsOf(
    request: PastRequest,
    provider: ProviderId,
    { today, isAsThen, goesNext }: { today: string; isAsThen: boolean; goesNext: boolean },
  ): PastCall[] {
    const priced = (of: ProviderId): PastCall => ({
      ...{ provider: of, day: today, outcome: null, charge: 'charged' as const, hao: this.context.prices[of] },
    });
    if (!isAsThen) {
      const wasFree = request.calls.length > 0 && request.calls.every(({ charge }) => charge === 'notCharged');
      return wasFree ? [] : [priced(provider)];
    }
    const first = request.calls.filter((call) => call.provider === provider);
    const next = request.calls.filter((call) => call.provider !== provider);
    if (!goesNext) return first;
    return [...first, ...(next.length > 0 ? next : [priced(provider === 'netocr' ? 'jumdata' : 'netocr')])];
  }

  private count(call: PastCall): void {
    if (call.charge === 'notCharged') return;
    this.tally.add({ day: call.day, calls: 1, hao: call.hao });
    this.total.calls += 1;
    this.total.hao += call.hao;
  }

  /** Whether the store, or a call under way, answers: what it held for other reasons then, it holds; what these terms never asked, it lacks. */
  private isStored({ origin, sourceId, elementsHash }: PastRequest): boolean {
    if (origin === 'upstream') return false;
    if (origin === 'local') return this.answered.has(elementsHash);
    return (sourceId !== null && !this.known.has(sourceId)) || this.asked.has(elementsHash);
  }

  private providerOf({ provider, isProviderNamed }: PastRequest): ProviderId {
    const { standing, defaultProvider } = this.context;
    const isNamed = isProviderNamed ?? provider !== providerToAsk(null, standing, defaultProvider);
    return providerToAsk(isNamed ? provider : null, this.terms, defaultProvider);
  }
}

/** Whether the call came to an answer that the store gives again, or is under way. */
function isAnswered({ calls }: PastRequest): boolean {
  const last = calls.at(-1)?.outcome ?? null;
  return last === null || outcomePolicy(last).definitive;
}

function refused(refusal: DryRunDecision['refusal']): DryRunDecision {
  return { kind: 'refused', provider: null, refusal };
}
