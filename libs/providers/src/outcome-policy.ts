import type { Charge, Outcome } from '@app/contracts';

/** What a canonical outcome permits; conventions of the product where no provider documents one. */
export interface OutcomePolicy {
  /** The stored answer is given again for the identical five elements. */
  definitive: boolean;
  /** How long a definitive answer holds: for good, or until 00:00 Asia/Shanghai. */
  holds: 'always' | 'untilMidnight' | 'no';
  /** The attempt is one of the five that a bill may have per day. */
  countsTowardDailyLimit: boolean;
  /** The provider's own counter is full, so ours is set to full. */
  fillsDailyLimit: boolean;
  /** Waits before each automatic retry, a new attempt each; permitted only while the charge is `notCharged`. */
  retryDelaysSeconds: readonly number[];
  /** Whether the other provider may be asked, again only while the charge is `notCharged`. */
  failover: 'yes' | 'no' | 'byConfiguration';
  /** The provider is not called again until an administrator closes the circuit. */
  opensCircuit: boolean;
  /** The charge when neither the reply nor its code says. */
  chargeDefault: Charge;
}

const STOP: OutcomePolicy = {
  definitive: false,
  holds: 'no',
  countsTowardDailyLimit: false,
  fillsDailyLimit: false,
  retryDelaysSeconds: [],
  failover: 'no',
  opensCircuit: false,
  chargeDefault: 'notCharged',
};
const FINAL: OutcomePolicy = { ...STOP, definitive: true, holds: 'always' };
const VERDICT: OutcomePolicy = { ...FINAL, countsTowardDailyLimit: true, chargeDefault: 'charged' };
const LIMIT: OutcomePolicy = { ...STOP, definitive: true, holds: 'untilMidnight', fillsDailyLimit: true };

/** The policy of every outcome, as data. */
export const OUTCOME_POLICY: Readonly<Record<Outcome, OutcomePolicy>> = {
  MATCH: VERDICT,
  MISMATCH: VERDICT,
  NOT_FOUND: VERDICT,
  FAILED_LIMIT: { ...LIMIT, chargeDefault: 'charged' },
  DAILY_LIMIT: LIMIT,
  OVER_WINDOW: { ...FINAL, failover: 'byConfiguration' },
  IRREGULAR: FINAL,
  FUTURE_DATE: { ...FINAL, holds: 'untilMidnight' },
  MISSING_PARAM: FINAL,
  BAD_LENGTH: FINAL,
  BAD_PARAM: FINAL,
  TYPE_ERROR: { ...STOP, failover: 'yes' },
  IN_PROGRESS: { ...STOP, countsTowardDailyLimit: true, retryDelaysSeconds: [5, 15, 60] },
  REGION_UNSUPPORTED: { ...STOP, failover: 'yes' },
  // The volume of a contract does not come back within minutes; the call rate does.
  BATCH_QTY: { ...STOP, retryDelaysSeconds: [300, 1800, 7200], failover: 'byConfiguration' },
  RATE: { ...STOP, retryDelaysSeconds: [10, 30, 90, 270], failover: 'byConfiguration' },
  PROVIDER_ERROR: { ...STOP, countsTowardDailyLimit: true, retryDelaysSeconds: [10, 60], failover: 'yes', chargeDefault: 'unknown' },
  NETWORK_TIMEOUT: { ...STOP, countsTowardDailyLimit: true, retryDelaysSeconds: [10, 60], failover: 'yes', chargeDefault: 'unknown' },
  ACCOUNT: { ...STOP, failover: 'byConfiguration', opensCircuit: true },
  UNKNOWN_CODE: { ...STOP, countsTowardDailyLimit: true, chargeDefault: 'unknown' },
};

/** What the outcome permits. A call of which surely no byte left is not an outcome: it neither counts nor costs. */
export function outcomePolicy(outcome: Outcome): OutcomePolicy {
  return OUTCOME_POLICY[outcome];
}

/**
 * Seconds to wait before the automatic retry after `triesSoFar` attempts of one verification, or null when none is permitted.
 * Whatever may have been charged is never sent again on its own.
 */
export function retryDelaySeconds(outcome: Outcome, charge: Charge, triesSoFar: number): number | null {
  if (charge !== 'notCharged') return null;
  return OUTCOME_POLICY[outcome].retryDelaysSeconds[triesSoFar - 1] ?? null;
}

/** How long a stored answer stands: a bill not found on its own day of issue may be there tomorrow. Both days are of Asia/Shanghai. */
export function answerHolds(outcome: Outcome, issueDate: string, today: string): OutcomePolicy['holds'] {
  if (outcome === 'NOT_FOUND' && issueDate === today) return 'untilMidnight';
  return OUTCOME_POLICY[outcome].holds;
}
