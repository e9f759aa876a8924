import type { SessionView } from '@app/contracts';

/** Whether a person has something to do before anything is open. */
export function hasStepsLeft(view: Pick<SessionView, 'secondFactorRequired' | 'mustChangePassword' | 'mustEnrolSecondFactor'>): boolean {
  return view.secondFactorRequired || view.mustChangePassword || view.mustEnrolSecondFactor;
}
