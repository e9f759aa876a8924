import type { Authentication } from '@app/tenancy';
import { MINUTE_MS } from '../identity-parts';

/** How long a proof counts for what is dangerous. */
export const RECENT_MS = 5 * MINUTE_MS;

/** Whether a person proved who they are within the last five minutes. A program never did: it has nobody to ask again. */
export function recentlyAuthenticated({ session }: Pick<Authentication, 'session'>, now: Date = new Date(), withinMs = RECENT_MS): boolean {
  return session !== undefined && session.stage === 'open' && now.getTime() - session.authenticatedAt.getTime() <= withinMs;
}
