import { MINUTE_MS } from '../identity-parts';

/** How often somebody guessed, and until when nobody may guess again. */
export interface GuessCount {
  failedCount: number;
  lockedUntil: Date | null;
}

/** How many guesses lock, and for how long. */
export interface GuessLimit {
  maxFailures: number;
  lockMinutes: number;
}

/**
 * Counts a guess before anybody knows whether it is right, so that guesses made at the same time cannot be more than the limit; a right one
 * is forgiven afterwards. The last one that is allowed locks. While the lock lasts nothing is counted, so that guessing does not prolong it.
 */
export function countGuess(count: GuessCount, limit: GuessLimit, now: Date): { isAdmitted: boolean; count: GuessCount } {
  if (isLocked(count, now)) return { isAdmitted: false, count };
  const failedCount = (count.lockedUntil === null ? count.failedCount : 0) + 1;
  const lockedUntil = failedCount >= limit.maxFailures ? new Date(now.getTime() + limit.lockMinutes * MINUTE_MS) : null;
  return { isAdmitted: true, count: { failedCount, lockedUntil } };
}

/** Takes one guess back: it was right, but is not yet all that is needed. */
export function takeBackGuess(count: GuessCount): GuessCount {
  return { failedCount: Math.max(0, count.failedCount - 1), lockedUntil: null };
}

/** Whether nobody may guess. The lock has ended at its last moment. */
export function isLocked({ lockedUntil }: GuessCount, now: Date): boolean {
  return lockedUntil !== null && lockedUntil > now;
}

export const NO_GUESSES: GuessCount = { failedCount: 0, lockedUntil: null };
