import type { Elements, Outcome } from '@app/contracts';
import { yearBefore } from '../shanghai-day';

/**
 * The outcome that is certain before anything is spent, or null when the provider must be asked. `today` is the day in Shanghai.
 * The anniversary day itself is allowed: whether providers still count it is not documented, and asking costs nothing if they do not.
 */
export function localOutcome(elements: Elements, today: string): Extract<Outcome, 'BAD_PARAM' | 'FUTURE_DATE' | 'OVER_WINDOW'> | null {
  if (!/[1-9]/.test(elements.totalAmount)) return 'BAD_PARAM';
  if (elements.issueDate > today) return 'FUTURE_DATE';
  if (elements.issueDate < yearBefore(today)) return 'OVER_WINDOW';
  return null;
}
