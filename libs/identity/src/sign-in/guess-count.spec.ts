import { AddressThrottle } from './address-throttle';
import { countGuess, type GuessCount, isLocked, NO_GUESSES, takeBackGuess } from './guess-count';

const LIMIT = { maxFailures: 5, lockMinutes: 30 };
const NOW = new Date('2026-11-26T08:00:00Z');
const after = (ms: number): Date => new Date(NOW.getTime() + ms);
const HALF_HOUR_MS = 30 * 60_000;

function guesses(count: number): GuessCount {
  return Array.from({ length: count }).reduce<GuessCount>((before) => countGuess(before, LIMIT, NOW).count, NO_GUESSES);
}

describe('counting guesses', () => {
  it('lets five pass and locks with the fifth, for half an hour to the millisecond', () => {
    expect(guesses(4)).toEqual({ failedCount: 4, lockedUntil: null });
    const locked = guesses(5);
    expect(locked).toEqual({ failedCount: 5, lockedUntil: after(HALF_HOUR_MS) });
    expect(countGuess(locked, LIMIT, after(HALF_HOUR_MS - 1)).isAdmitted).toBe(false);
    expect(isLocked(locked, after(HALF_HOUR_MS))).toBe(false);
    expect(countGuess(locked, LIMIT, after(HALF_HOUR_MS))).toEqual({ isAdmitted: true, count: { failedCount: 1, lockedUntil: null } });
  });

  it('does not prolong a lock, however often somebody guesses', () => {
    const locked = guesses(5);
    expect(countGuess(locked, LIMIT, after(1_000)).count).toBe(locked);
  });

  it('takes back one guess and no more, with the lock that it had set', () => {
    expect(takeBackGuess(guesses(5))).toEqual({ failedCount: 4, lockedUntil: null });
    expect(takeBackGuess(NO_GUESSES)).toEqual(NO_GUESSES);
  });
});

describe('an address', () => {
  const throttle = new AddressThrottle('k'.repeat(32));
  const isSame = (one: string, other: string): boolean => throttle.hashOf(one).equals(throttle.hashOf(other));

  it.each([
    ['10.0.0.1', '::ffff:10.0.0.1', true],
    ['10.0.0.1', '10.0.0.2', false],
    ['2001:db8:1:2::1', '2001:db8:1:2:ffff::9', true],
    ['2001:db8:1:2::1', '2001:0db8:0001:0002:0:0:0:7', true],
    ['2001:db8:1:2::1', '2001:db8:1:3::1', false],
    ['::1', '::2', true],
    ['not an address', 'not an address', true],
  ])('%s and %s are one: %s', (one, other, expected) => {
    expect(isSame(one, other)).toBe(expected);
  });
});
