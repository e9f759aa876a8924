import type { AttemptView, VerificationView } from '@app/contracts';
import { isPending } from './verdict-light';

/**
 * The calls whose charge a person may settle: those of a verification that ended without anybody knowing what it cost. One that joined
 * another's call has none of its own: that call is settled where it was made.
 */
export function settleableAttempts(view: VerificationView): readonly AttemptView[] {
  if (isPending(view) || view.charge !== 'unknown') return [];
  return view.attempts.filter(({ charge }) => charge === 'unknown');
}
