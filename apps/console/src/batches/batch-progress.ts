import type { VerificationBatchView } from '@app/contracts';

/** How many rows were to be asked, and how many of them have come to their end. */
export interface BatchShare {
  readonly total: number;
  readonly done: number;
  /** Whole percent, rounded down: 100 only when no row is left. */
  readonly percent: number;
}

/** The share of a batch's rows that came to their end. Rows with errors, duplicates and skipped ones were never to be asked. */
export function shareOf({ progress: { states } }: Pick<VerificationBatchView, 'progress'>): BatchShare {
  const done = states.ended + states.refused;
  const total = done + states.pending + states.begun + states.cancelled;
  return { total, done, percent: total === 0 ? 100 : Math.floor((done * 100) / total) };
}

/** Rows that cannot be asked, for which a person has to do something: they stand in the list of errors. */
export function leftOut({ counts }: Pick<VerificationBatchView, 'counts'>): number {
  return counts.errors + counts.skipped;
}

/** A duration in the one unit that tells most, rounded up: nobody is told that it takes no time. */
export function roughly(seconds: number): { unit: 'seconds' | 'minutes' | 'hours'; count: number } {
  if (seconds < 90) return { unit: 'seconds', count: Math.max(1, Math.ceil(seconds)) };
  if (seconds < 5_400) return { unit: 'minutes', count: Math.ceil(seconds / 60) };
  return { unit: 'hours', count: Math.ceil(seconds / 3_600) };
}

const MOVING_MS = 1_500;
const RESTING_MS = 15_000;

/** When to look again: often while something moves, now and then where a colleague may do something, never once it is over. */
export function nextLookMs({ state, finishedAt, progress: { states } }: VerificationBatchView): number | null {
  if (finishedAt !== null) return null;
  return state === 'running' || states.begun > 0 ? MOVING_MS : RESTING_MS;
}
