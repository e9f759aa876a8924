import { HOUR_MS, MINUTE_MS } from '../identity-parts';
import type { IdentitySettings } from '../identity-settings';
import type { UserSession } from './user-session.entity';

/** How long a right password waits for its code. */
export const SECOND_FACTOR_WAIT_MS = 5 * MINUTE_MS;

/** How long a person may take over what must be done before anything else: a new password, a second factor. */
export const SETTLING_MS = 15 * MINUTE_MS;

/** Whether a session's time is over: it rested too long, it is too old, or its code never came. */
export function isOver(session: Pick<UserSession, 'stage' | 'openedAt' | 'seenAt'>, settings: IdentitySettings, now: Date): boolean {
  const ageMs = now.getTime() - session.openedAt.getTime();
  const restedMs = now.getTime() - session.seenAt.getTime();
  if (session.stage === 'secondFactor') return ageMs >= SECOND_FACTOR_WAIT_MS;
  return restedMs >= settings.sessionIdleMinutes * MINUTE_MS || ageMs >= settings.sessionMaxHours * HOUR_MS;
}
