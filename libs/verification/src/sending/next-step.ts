import { outcomePolicy, retryDelaySeconds } from '@app/providers';
import type { VerificationState } from '@app/contracts';
import type { AttemptEnd } from '../attempt.entity';
import type { FailoverPolicy } from '../policy/verification-policy.entity';

/** Automatic retries at one provider, whatever an outcome's own list of delays would allow. */
export const MAX_RETRIES = 2;
/** Calls of one verification in all, both providers together: no more than a bill may have on a day. */
export const MAX_ATTEMPTS = 5;

/** The attempts so far, the one that just ended included, and what else may be done. */
export interface TriesSoFar {
  inAll: number;
  atProvider: number;
  /** Whether another provider was asked before, or there is none: a verification never goes back. */
  movedOn: boolean;
  failover: FailoverPolicy;
}

/** Where a verification stands after an attempt: ended, or to be tried again as a new attempt, after a while or at the other provider. */
export type NextStep =
  | { kind: 'end'; state: Extract<VerificationState, 'answered' | 'failed' | 'unknown'> }
  | { kind: 'retry'; afterSeconds: number }
  | { kind: 'failover' };

/** Decides what follows an attempt. Only what surely cost nothing may be tried again, here or elsewhere, and never a verdict. */
export function nextStep({ outcome, charge }: Pick<AttemptEnd, 'outcome' | 'charge'>, tries: TriesSoFar): NextStep {
  const { definitive } = outcomePolicy(outcome);
  if (charge !== 'notCharged') return { kind: 'end', state: charge === 'unknown' && !definitive ? 'unknown' : 'answered' };
  const isLast = tries.inAll >= MAX_ATTEMPTS;
  const afterSeconds = isLast || tries.atProvider > MAX_RETRIES ? null : retryDelaySeconds(outcome, charge, tries.atProvider);
  if (!definitive && afterSeconds !== null) return { kind: 'retry', afterSeconds };
  if (!isLast && !tries.movedOn && mayMove(outcome, tries.failover)) return { kind: 'failover' };
  return { kind: 'end', state: definitive ? 'answered' : 'failed' };
}

/** Whether what follows depends on the tries so far; after most ends it does not. */
export function mayGoOn({ outcome, charge }: Pick<AttemptEnd, 'outcome' | 'charge'>): boolean {
  const { definitive, failover } = outcomePolicy(outcome);
  return charge === 'notCharged' && (!definitive || failover !== 'no');
}

function mayMove(outcome: AttemptEnd['outcome'], policy: FailoverPolicy): boolean {
  const { failover } = outcomePolicy(outcome);
  return (failover === 'yes' && policy !== 'off') || (failover === 'byConfiguration' && policy === 'wide');
}
