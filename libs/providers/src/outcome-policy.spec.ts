import { Outcome } from '@app/contracts';
import { answerHolds, OUTCOME_POLICY, outcomePolicy, retryDelaySeconds } from './outcome-policy';

describe('outcome policy', () => {
  it('never retries what may have been charged', () => {
    for (const outcome of Outcome.options) {
      expect(retryDelaySeconds(outcome, 'charged', 1)).toBeNull();
      expect(retryDelaySeconds(outcome, 'unknown', 1)).toBeNull();
    }
  });

  it('never retries a verdict or asks the other provider for it', () => {
    for (const outcome of ['MATCH', 'MISMATCH', 'NOT_FOUND', 'FAILED_LIMIT', 'UNKNOWN_CODE'] as const) {
      expect(outcomePolicy(outcome)).toMatchObject({ retryDelaysSeconds: [], failover: 'no' });
    }
  });

  it('retries an uncharged fault twice, then stops', () => {
    expect([1, 2, 3].map((tries) => retryDelaySeconds('PROVIDER_ERROR', 'notCharged', tries))).toEqual([10, 60, null]);
    expect([1, 2, 3, 4].map((tries) => retryDelaySeconds('IN_PROGRESS', 'notCharged', tries))).toEqual([5, 15, 60, null]);
  });

  it('counts what may have been looked up toward the day', () => {
    const counted = Outcome.options.filter((outcome) => OUTCOME_POLICY[outcome].countsTowardDailyLimit);
    expect(counted).toEqual(['MATCH', 'MISMATCH', 'NOT_FOUND', 'IN_PROGRESS', 'PROVIDER_ERROR', 'NETWORK_TIMEOUT', 'UNKNOWN_CODE']);
  });

  it('keeps a verdict for good, a limit until midnight, and a miss on the day of issue until midnight', () => {
    expect(answerHolds('MISMATCH', '2026-05-12', '2026-05-12')).toBe('always');
    expect(answerHolds('DAILY_LIMIT', '2026-05-12', '2026-05-20')).toBe('untilMidnight');
    expect(answerHolds('NOT_FOUND', '2026-05-12', '2026-05-12')).toBe('untilMidnight');
    expect(answerHolds('NOT_FOUND', '2026-05-12', '2026-05-13')).toBe('always');
    expect(answerHolds('PROVIDER_ERROR', '2026-05-12', '2026-05-13')).toBe('no');
  });

  it('opens the circuit on trouble with the account only', () => {
    expect(Outcome.options.filter((outcome) => OUTCOME_POLICY[outcome].opensCircuit)).toEqual(['ACCOUNT']);
  });
});
