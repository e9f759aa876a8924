import type { DryRunDecision } from '@app/contracts';
import type { PastRequest } from './past-request';

/** What was decided then, as the record says. */
export function recordedDecision({ origin, refusal, provider, calls }: PastRequest): DryRunDecision {
  if (refusal !== null) return { kind: 'refused', provider: null, refusal };
  if (origin !== 'upstream') return { kind: 'stored', provider: null, refusal: null };
  return { kind: calls.some((call) => call.provider !== provider) ? 'calledNext' : 'called', provider, refusal: null };
}

/** The same words for the same decision. */
export function decisionKey({ kind, provider, refusal }: DryRunDecision): string {
  return `${kind}/${provider ?? ''}/${refusal ?? ''}`;
}
