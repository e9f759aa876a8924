import { outcomePolicy, retryDelaySeconds } from '@app/providers';
import type { VerificationState } from '@app/contracts';
import type { AttemptEnd } from '../attempt.entity';

/** Automatic retries of one verification, whatever an outcome's own list of delays would allow. */
export const MAX_RETRIES = 2;

/** Where a verification stands after an attempt: ended, or to be tried again as a new attempt after a while. */
export type NextStep =
  { kind: 'end'; state: Extract<VerificationState, 'answered' | 'failed' | 'unknown'> } | { kind: 'retry'; afterSeconds: number };

/** Decides what follows an attempt. Only what surely cost nothing may be tried again, and never a verdict. */
export function nextStep({ outcome, charge }: Pick<AttemptEnd, 'outcome' | 'charge'>, attemptNumber: number): NextStep {
  if (outcomePolicy(outcome).definitive) return { kind: 'end', state: 'answered' };
  if (charge === 'unknown') return { kind: 'end', state: 'unknown' };
  if (charge === 'charged') return { kind: 'end', state: 'answered' };
  const afterSeconds = attemptNumber > MAX_RETRIES ? null : retryDelaySeconds(outcome, charge, attemptNumber);
  return afterSeconds === null ? { kind: 'end', state: 'failed' } : { kind: 'retry', afterSeconds };
}
