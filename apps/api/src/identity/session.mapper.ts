import type { SessionSummary, SessionView } from '@app/contracts';
import type { RecognisedSession, SessionLimits, UserSession } from '@app/identity';

/** A session as its person sees it. */
export function toSessionView(
  { authentication, found }: RecognisedSession,
  { csrfToken, limits }: { csrfToken: string; limits: SessionLimits },
): SessionView {
  const { session, scopes } = authentication;
  return {
    id: session.sessionId,
    secondFactorRequired: session.stage === 'secondFactor',
    mustChangePassword: session.mustChangePassword,
    mustEnrolSecondFactor: session.mustEnrolSecondFactor,
    hasSecondFactor: found.hasSecondFactor,
    user: { id: found.userId, login: found.login, displayName: found.displayName, roles: [...found.roles] },
    scopes: [...scopes].sort(),
    csrfToken,
    openedAt: found.openedAt.toISOString(),
    authenticatedAt: session.authenticatedAt.toISOString(),
    ...limits,
    previousSignIn: found.previousSignInAt && { at: found.previousSignInAt.toISOString(), address: found.previousSignInAddress },
    refusedSignIns: found.refusedBefore,
  };
}

export function toSessionSummary({ id, stage, address, openedAt, seenAt }: UserSession, currentId: string): SessionSummary {
  return {
    id,
    isCurrent: id === currentId,
    secondFactorRequired: stage === 'secondFactor',
    address,
    openedAt: openedAt.toISOString(),
    seenAt: seenAt.toISOString(),
  };
}
