import { Charge, Outcome } from '@app/contracts';
import { MAX_ATTEMPTS, mayGoOn, nextStep, type TriesSoFar } from './next-step';
import { holdSeconds, postponeSeconds, throttleSeconds } from './postpone-seconds';

/** The n-th try, all at one provider. */
const tries = (atProvider: number, changes: Partial<TriesSoFar> = {}): TriesSoFar => ({
  inAll: atProvider,
  atProvider,
  movedOn: false,
  failover: 'off',
  ...changes,
});
const FAILOVER = { kind: 'failover' };

describe('what follows an attempt', () => {
  it.each([
    ['PROVIDER_ERROR', 'notCharged', 1, { kind: 'retry', afterSeconds: 10 }],
    ['PROVIDER_ERROR', 'notCharged', 2, { kind: 'retry', afterSeconds: 60 }],
    ['PROVIDER_ERROR', 'notCharged', 3, { kind: 'end', state: 'failed' }],
    ['IN_PROGRESS', 'notCharged', 1, { kind: 'retry', afterSeconds: 5 }],
    ['IN_PROGRESS', 'notCharged', 3, { kind: 'end', state: 'failed' }],
    ['PROVIDER_ERROR', 'unknown', 1, { kind: 'end', state: 'unknown' }],
    ['PROVIDER_ERROR', 'charged', 1, { kind: 'end', state: 'answered' }],
    ['NETWORK_TIMEOUT', 'notCharged', 1, { kind: 'retry', afterSeconds: 10 }],
    ['NETWORK_TIMEOUT', 'unknown', 1, { kind: 'end', state: 'unknown' }],
    ['ACCOUNT', 'notCharged', 1, { kind: 'end', state: 'failed' }],
    ['REGION_UNSUPPORTED', 'notCharged', 1, { kind: 'end', state: 'failed' }],
    ['UNKNOWN_CODE', 'unknown', 1, { kind: 'end', state: 'unknown' }],
    ['OVER_WINDOW', 'notCharged', 1, { kind: 'end', state: 'answered' }],
  ] as const)('%s, %s, as attempt %d', (outcome, charge, number, step) => {
    expect(nextStep({ outcome, charge }, tries(number))).toEqual(step);
  });

  it('is never a retry after a verdict, nor after anything that was or may have been charged', () => {
    for (const outcome of Outcome.options) {
      for (const charge of Charge.options) {
        const isVerdict = ['MATCH', 'MISMATCH', 'NOT_FOUND'].includes(outcome);
        if (isVerdict || charge !== 'notCharged') expect(nextStep({ outcome, charge }, tries(1, { failover: 'wide' })).kind).toBe('end');
      }
    }
  });

  it('is never a third retry', () => {
    for (const outcome of Outcome.options) expect(nextStep({ outcome, charge: 'notCharged' }, tries(3)).kind).toBe('end');
  });

  it.each([
    ['PROVIDER_ERROR', 'on', 3, FAILOVER],
    ['PROVIDER_ERROR', 'on', 1, { kind: 'retry', afterSeconds: 10 }],
    ['PROVIDER_ERROR', 'off', 3, { kind: 'end', state: 'failed' }],
    ['NETWORK_TIMEOUT', 'on', 3, FAILOVER],
    ['TYPE_ERROR', 'on', 1, FAILOVER],
    ['REGION_UNSUPPORTED', 'on', 1, FAILOVER],
    ['ACCOUNT', 'on', 1, { kind: 'end', state: 'failed' }],
    ['ACCOUNT', 'wide', 1, FAILOVER],
    ['OVER_WINDOW', 'on', 1, { kind: 'end', state: 'answered' }],
    ['OVER_WINDOW', 'wide', 1, FAILOVER],
    ['DAILY_LIMIT', 'wide', 1, { kind: 'end', state: 'answered' }],
  ] as const)('%s moves on to the other provider as the policy "%s" says, after %d tries', (outcome, failover, number, step) => {
    expect(nextStep({ outcome, charge: 'notCharged' }, tries(number, { failover }))).toEqual(step);
  });

  it('never comes back to a provider, and ends when the budget of tries is used up', () => {
    const moved = tries(3, { failover: 'wide', movedOn: true, inAll: 4 });
    const spent = tries(1, { failover: 'wide', inAll: MAX_ATTEMPTS });
    for (const outcome of Outcome.options) {
      expect(nextStep({ outcome, charge: 'notCharged' }, moved).kind).toBe('end');
      expect(nextStep({ outcome, charge: 'notCharged' }, spent).kind).toBe('end');
    }
  });

  it('looks at the tries so far wherever they could matter', () => {
    for (const outcome of Outcome.options) {
      for (const charge of Charge.options) {
        const kinds = [tries(1, { failover: 'wide' }), tries(1), tries(3)].map((so) => nextStep({ outcome, charge }, so).kind);
        if (kinds.some((kind) => kind !== 'end')) expect(mayGoOn({ outcome, charge })).toBe(true);
      }
    }
  });

  it('waits for room and for a circuit as long as it is told, and longer the longer the queue was', () => {
    const intended = new Date('2026-07-12T00:00:00Z');
    const now = new Date('2026-07-12T00:01:00Z');
    expect([500, 45_000, 900_000].map((ms) => throttleSeconds(ms, intended, now))).toEqual([30, 45, 300]);
    expect(holdSeconds(null, intended, now)).toBe(30);
    const wait = holdSeconds(new Date('2026-07-12T00:01:20Z'), intended, now);
    expect(wait).toBeGreaterThan(20);
    expect(wait).toBeLessThan(26);
  });

  it('asks a silent gateway ever less often', () => {
    const intended = new Date('2026-07-12T00:00:00Z');
    const after = (seconds: number): number => postponeSeconds(intended, new Date(intended.getTime() + seconds * 1_000));
    expect([0, 1, 10, 60, 600, 86_400].map(after)).toEqual([2, 2, 5, 30, 300, 300]);
  });
});
