import { shanghaiDay } from '@app/contracts';
import type { Verification } from '../verification.entity';

/**
 * Whether a call that gave no definitive answer must not be made again for a caller that does not know it repeats itself: until its charge
 * is known, and on the very day where it was charged for nothing. `today` is the day in Shanghai.
 */
export function isStillSpent({ charge, finishedAt }: Pick<Verification, 'charge' | 'finishedAt'>, today: string): boolean {
  return charge === 'unknown' || (finishedAt !== null && shanghaiDay(finishedAt) === today);
}
