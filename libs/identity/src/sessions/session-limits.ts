import { HOUR_MS, MINUTE_MS } from '../identity-parts';
import type { IdentitySettings } from '../identity-settings';
import type { UserSession } from './user-session.entity';

/** How long a right password waits for its code. */
export const SECOND_FACTOR_WAIT_MS = 5 * MINUTE_MS;

/** When a session ends by itself: at the latest, and after how long a rest. */
export interface SessionLimits {
  secondsLeft: number;
  idleMinutes: number;
}

/** What is left at `now` of a session that goes on. */
export function limitsOf(session: Pick<UserSession, 'stage' | 'openedAt'>, settings: IdentitySettings, now: Date): SessionLimits {
  const leftMs = longestMs(session, settings) - (now.getTime() - session.openedAt.getTime());
  return { secondsLeft: Math.max(0, Math.floor(leftMs / 1000)), idleMinutes: settings.sessionIdleMinutes };
}
/** How long a person may take over what must be done before anything else: a new password, a second factor. */
export const SETTLING_MS = 15 * MINUTE_MS;

/** Whether a session's time is over: it rested too long, it is too old, or its code never came. */
export function isOver(session: Pick<UserSession, 'stage' | 'openedAt' | 'seenAt'>, settings: IdentitySettings, now: Date): boolean {
  if (now.getTime() - session.openedAt.getTime() >= longestMs(session, settings)) return true;
  return session.stage === 'open' && now.getTime() - session.seenAt.getTime() >= settings.sessionIdleMinutes * MINUTE_MS;
}

function longestMs({ stage }: Pick<UserSession, 'stage'>, settings: IdentitySettings): number {
  return stage === 'secondFactor' ? SECOND_FACTOR_WAIT_MS : settings.sessionMaxHours * HOUR_MS;
}
