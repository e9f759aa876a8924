import type { Tx } from '@app/database';
import { shanghaiDay } from '../shanghai-day';
import type { Verification } from '../verification.entity';
import type { VerificationStore } from '../verification.store';

/**
 * The call for the identical elements that must not be made again for a caller that does not know it repeats itself: its charge is not
 * known yet, or it was charged today without telling anything. Null when there is none, or a definitive answer came after it.
 */
export async function spentCall(store: VerificationStore, tx: Tx, elementsHash: string): Promise<Verification | null> {
  const spent = await store.findSpent(tx, elementsHash);
  if (spent?.finishedAt == null) return null;
  const isPast = spent.charge === 'charged' && shanghaiDay(spent.finishedAt) !== shanghaiDay(new Date());
  if (isPast) return null;
  const told = await store.findDefinitive(tx, elementsHash);
  return told?.finishedAt != null && told.finishedAt > spent.finishedAt ? null : spent;
}
