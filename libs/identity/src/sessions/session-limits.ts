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

/** How long a person may take over what must be done before anything else: a new password, a second factor. */
export const SETTLING_MS = 15 * MINUTE_MS;

/** What the length of a session depends on. `mustSettle`: something must be done before anything else. */
export type TimedSession = Pick<UserSession, 'stage' | 'openedAt' | 'authenticatedAt'> & { mustSettle: boolean };

/** What is left at `now` of a session that goes on. */
export function limitsOf(session: TimedSession, settings: IdentitySettings, now: Date): SessionLimits {
  const endsAtMs = session.openedAt.getTime() + longestMs(session, settings);
  const leftMs = Math.min(endsAtMs, session.mustSettle ? settledByMs(session) : Infinity) - now.getTime();
  return { secondsLeft: Math.max(0, Math.floor(leftMs / 1000)), idleMinutes: settings.sessionIdleMinutes };
}

/** Whether a person took too long over what must be done before anything else, counted from the last proof. */
export function isUnsettled(session: Omit<TimedSession, 'stage' | 'openedAt'>, now: Date): boolean {
  return session.mustSettle && now.getTime() >= settledByMs(session);
}

function settledByMs({ authenticatedAt }: Pick<UserSession, 'authenticatedAt'>): number {
  return authenticatedAt.getTime() + SETTLING_MS;
}

/** Whether a session's time is over: it rested too long, it is too old, or its code never came. */
export function isOver(session: Pick<UserSession, 'stage' | 'openedAt' | 'seenAt'>, settings: IdentitySettings, now: Date): boolean {
  if (now.getTime() - session.openedAt.getTime() >= longestMs(session, settings)) return true;
  return session.stage === 'open' && now.getTime() - session.seenAt.getTime() >= settings.sessionIdleMinutes * MINUTE_MS;
}

function longestMs({ stage }: Pick<UserSession, 'stage'>, settings: IdentitySettings): number {
  return stage === 'secondFactor' ? SECOND_FACTOR_WAIT_MS : settings.sessionMaxHours * HOUR_MS;
}
