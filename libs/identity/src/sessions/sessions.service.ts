import { timingSafeEqual } from 'node:crypto';
import { ProblemError } from '@app/contracts';
import type { TenantContext, Tx } from '@app/database';
import { type Authentication, type Role, type Scope, SCOPES_OF_ROLE } from '@app/tenancy';
import { v7 as uuidv7 } from 'uuid';
import { type IdentityParts, MINUTE_MS } from '../identity-parts';
import { isAllowedFrom } from '../policy/allowed-from';
import { dutiesOf } from '../users/sign-in-policy';
import { isOver, isUnsettled, limitsOf, type SessionLimits, type TimedSession } from './session-limits';
import { csrfTokenOf, isCsrfTokenOf, isSessionToken, newSessionToken, sessionTokenHash } from './session-token';
import type { FoundSession, SessionStore } from './session.store';
import type { User } from '../users/user.entity';
import type { UserSession } from './user-session.entity';

/** A session is noted as used at most this often, so that reading does not become writing. */
const SEEN_RESOLUTION_MS = MINUTE_MS;
const MOST_SESSIONS = 10;

/** Why one session ended; all of a person's at once end by other acts, which are on record themselves. `guessed`: too many wrong codes. */
export type SessionEnd = 'wished' | 'timedOut' | 'tooMany' | 'guessed';

/** A session's new token, which exists nowhere else. */
export interface OpenedSession {
  sessionId: string;
  stage: UserSession['stage'];
  token: string;
  csrfToken: string;
}

/** A session that a request belongs to, with who it is. */
export interface RecognisedSession {
  authentication: Authentication & Required<Pick<Authentication, 'session'>>;
  found: FoundSession;
}

/** What a token turns out to be: a session, one that is used from where its person may not be, or none. */
export type SessionCheck = { recognised: RecognisedSession } | { refused: 'wrongAddress'; tenant: TenantContext } | null;

/** Opens, recognises and ends sessions. What a person may do is looked up at each request, so that a change of roles counts at once. */
export class Sessions {
  constructor(
    private readonly store: SessionStore,
    private readonly parts: IdentityParts,
  ) {}

  /** Null for whatever opens nothing. */
  async recognise(token: string, address: string): Promise<RecognisedSession | null> {
    const check = await this.check(token, address);
    return check !== null && 'recognised' in check ? check.recognised : null;
  }

  /** Null for a text that is no token, an unknown, an ended, a timed-out one and one of a disabled user alike. */
  async check(token: string, address: string): Promise<SessionCheck> {
    if (!isSessionToken(token)) return null;
    const hash = sessionTokenHash(token, this.parts.hashKey);
    const found = await this.store.findByTokenHash(hash);
    const now = this.parts.clock.now();
    if (!found || !timingSafeEqual(found.tokenHash, hash)) return null;
    if (found.state !== 'active' || isOver(found, this.parts.settings, now)) return null;
    const recognised = { authentication: this.authenticationOf(found, now), found };
    const { tenant } = recognised.authentication;
    if (isUnsettled(timedOf(recognised), now)) return null;
    if (!isAllowedFrom(address, found.roles, found.networks)) return { refused: 'wrongAddress', tenant };
    return (await this.noteUse(recognised, now)) ? { recognised } : null;
  }

  limitsOf(recognised: RecognisedSession): SessionLimits {
    return limitsOf(timedOf(recognised), this.parts.settings, this.parts.clock.now());
  }

  csrfToken(token: string): string {
    return csrfTokenOf(token, this.parts.hashKey);
  }

  isCsrfToken(presented: string, token: string): boolean {
    return isCsrfTokenOf(presented, token, this.parts.hashKey);
  }

  /** Opens a session in the sign-in's own transaction. A user's oldest sessions end when there are too many. */
  async open(tx: Tx, userId: string, { stage, address }: Pick<UserSession, 'stage' | 'address'>): Promise<OpenedSession> {
    const now = this.parts.clock.now();
    const before = await this.store.list(tx, userId);
    const kept = before.filter((session) => !isOver(session, this.parts.settings, now)).slice(0, MOST_SESSIONS - 1);
    for (const session of before.filter((one) => !kept.includes(one))) {
      await this.endIn(tx, userId, session.id, isOver(session, this.parts.settings, now) ? 'timedOut' : 'tooMany');
    }
    const token = newSessionToken();
    const sessionId = uuidv7();
    const tokenHash = sessionTokenHash(token, this.parts.hashKey);
    const times = { openedAt: now, seenAt: now, authenticatedAt: now };
    const nothing = { previousSignInAt: null, previousSignInAddress: null, refusedBefore: 0 };
    await this.store.insert(tx, { id: sessionId, userId, tokenHash, stage, address, ...times, ...nothing });
    return { sessionId, stage, token, csrfToken: this.csrfToken(token) };
  }

  /** Keeps with a session what came before it, for its person to see. */
  async tellPrevious(tx: Tx, sessionId: string, user: Pick<User, 'lastSignInAt' | 'lastSignInAddress' | 'refusedSignIns'>): Promise<void> {
    const { lastSignInAt: previousSignInAt, lastSignInAddress: previousSignInAddress, refusedSignIns: refusedBefore } = user;
    await this.store.update(tx, sessionId, { previousSignInAt, previousSignInAddress, refusedBefore });
  }

  /** Gives a session that goes on a new token; the old one ends. @throws ProblemError unauthenticated when the session has ended meanwhile */
  async renew(tx: Tx, sessionId: string): Promise<OpenedSession> {
    const now = this.parts.clock.now();
    const token = newSessionToken();
    const tokenHash = sessionTokenHash(token, this.parts.hashKey);
    const isThere = await this.store.update(tx, sessionId, { tokenHash, stage: 'open', seenAt: now, authenticatedAt: now });
    if (!isThere) throw new ProblemError('unauthenticated');
    return { sessionId, stage: 'open', token, csrfToken: this.csrfToken(token) };
  }

  /** The user's sessions that have not timed out, the newest first. */
  async list(tenant: TenantContext, userId: string): Promise<UserSession[]> {
    const now = this.parts.clock.now();
    const all = await this.parts.unitOfWork.run(tenant, (tx) => this.store.list(tx, userId));
    return all.filter((session) => !isOver(session, this.parts.settings, now));
  }

  /** Ends one session of a user. @throws ProblemError not-found */
  async end(tenant: TenantContext, userId: string, sessionId: string): Promise<void> {
    await this.parts.unitOfWork.run(tenant, async (tx) => {
      if (!(await this.endIn(tx, userId, sessionId, 'wished'))) throw new ProblemError('not-found');
    });
  }

  /** Ends all sessions of a user; how many there were. */
  async endAll(tenant: TenantContext, userId: string): Promise<number> {
    return this.parts.unitOfWork.run(tenant, (tx) => this.endAllIn(tx, userId));
  }

  /** The same in a transaction that has its own reason to, but for the session that is kept. */
  async endAllIn(tx: Tx, userId: string, keptId: string | null = null): Promise<number> {
    const ended = await this.store.removeAll(tx, userId, keptId);
    if (ended > 0)
      await this.parts.audit.append(tx, { action: 'session.endAll', targetType: 'user', targetId: userId, detail: { sessions: ended } });
    return ended;
  }

  /** Ends one session in a transaction that has its own reason to; false when it has ended before. */
  async endIn(tx: Tx, userId: string, sessionId: string, reason: SessionEnd): Promise<boolean> {
    if (!(await this.store.remove(tx, userId, sessionId))) return false;
    await this.parts.audit.append(tx, { action: 'session.end', targetType: 'user', targetId: userId, detail: { sessionId, reason } });
    return true;
  }

  private authenticationOf(found: FoundSession, now: Date): RecognisedSession['authentication'] {
    const duties = dutiesOf(found, this.parts.settings, now);
    const isRestricted = found.stage !== 'open' || duties.mustChangePassword || duties.mustEnrolSecondFactor;
    return {
      method: 'session',
      tenant: { tenantId: found.tenantId, actor: { type: 'user', id: found.userId, name: found.login } },
      scopes: isRestricted ? new Set() : scopesOf(found.roles),
      session: { sessionId: found.id, userId: found.userId, stage: found.stage, authenticatedAt: found.authenticatedAt, ...duties },
    };
  }

  /** False when the session ended while it was looked at. */
  private async noteUse({ authentication, found }: RecognisedSession, now: Date): Promise<boolean> {
    if (now.getTime() - found.seenAt.getTime() < SEEN_RESOLUTION_MS) return true;
    return this.parts.unitOfWork.run(authentication.tenant, (tx) => this.store.update(tx, found.id, { seenAt: now }));
  }
}

function timedOf({ authentication: { session }, found }: RecognisedSession): TimedSession {
  const { stage, openedAt, authenticatedAt } = found;
  return { stage, openedAt, authenticatedAt, mustSettle: session.mustChangePassword || session.mustEnrolSecondFactor };
}

function scopesOf(roles: readonly Role[]): ReadonlySet<Scope> {
  return new Set(roles.flatMap((role) => SCOPES_OF_ROLE[role]));
}
