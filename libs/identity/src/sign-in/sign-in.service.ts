import { ProblemError } from '@app/contracts';
import type { Tx } from '@app/database';
import type { IdentityParts } from '../identity-parts';
import type { PasswordHashing } from '../passwords/password-hashing';
import type { PasswordStore } from '../passwords/password.store';
import { isAllowedFrom } from '../policy/allowed-from';
import type { SignInPolicies } from '../policy/sign-in-policies.service';
import type { SecondFactors, SignedIn } from '../second-factor/second-factors.service';
import type { OpenedSession, Sessions } from '../sessions/sessions.service';
import { User } from '../users/user.entity';
import type { UserStore } from '../users/user.store';
import type { CodeProof } from './code-proof';
import type { PasswordProof, Proven } from './password-proof';
import type { Refusals } from './refusals';
import { NO_TENANT, type SignInTenants } from './sign-in-tenant';

/** What somebody presents to be let in. */
export interface SignInRequest {
  /** The tenant's name; may be left out where there is one only. */
  tenant?: string | undefined;
  login: string;
  password: string;
  address: string;
}

/** What signing in works with. */
export interface SignInWorks {
  users: UserStore;
  passwords: PasswordStore;
  hashing: PasswordHashing;
  sessions: Sessions;
  secondFactors: SecondFactors;
  passwordProof: PasswordProof;
  codeProof: CodeProof;
  tenants: SignInTenants;
  policies: SignInPolicies;
  refusals: Refusals;
}

/** Lets people in: by password, then by a code where they have a second factor. */
export class SignIn {
  constructor(
    private readonly works: SignInWorks,
    private readonly parts: IdentityParts,
  ) {}

  /** A session, or one that still waits for its code. @throws ProblemError sign-in-refused, whatever the reason */
  async withPassword({ tenant, login, password, address }: SignInRequest): Promise<OpenedSession> {
    const tenantId = (await this.works.tenants.find(tenant)) ?? NO_TENANT;
    const proven = await this.works.passwordProof.attempt({ tenantId, login, password, address, act: 'signIn' });
    if (!proven) throw new ProblemError('sign-in-refused');
    const { hashing } = this.works;
    const newHash = hashing.isOutdated(proven.password.hash) ? await hashing.hash(password) : null;
    const actor = { type: 'user' as const, id: proven.userId, name: login };
    const opened = await this.parts.unitOfWork.run({ tenantId, actor }, async (tx) => {
      const user = await this.works.users.lock(tx, proven.userId);
      await this.refuseIfChanged(tx, user, proven);
      if (!(await this.isAllowedFrom(tx, user, address))) return user;
      if (newHash !== null) await this.works.passwords.rehash(tx, proven.password.id, newHash);
      const isComplete = !(await this.works.secondFactors.isConfirmed(tx, user.id));
      await this.works.passwordProof.accept(tx, user, proven, isComplete);
      return this.openFor(tx, user, { address, by: 'password', isComplete });
    });
    if (!(opened instanceof User)) return opened;
    // The guess stays counted: who is elsewhere must not learn that the password was right.
    const attempt = { tenantId, act: 'signIn' as const, reason: 'wrongAddress' as const, address, user: opened, login };
    await this.works.refusals.note({ ...attempt, guess: null, throttling: { isThrottled: false, isFirst: false } });
    throw new ProblemError('sign-in-refused');
  }

  /** Whether a person's roles may be used from there; asked again at each request of the session. */
  async isAllowedFrom(tx: Tx, { roles }: Pick<User, 'roles'>, address: string): Promise<boolean> {
    return isAllowedFrom(address, roles, (await this.works.policies.in(tx)).networks);
  }

  /** The code for a session that waits for one. @throws ProblemError proof-refused */
  async withCode({ tenant, session }: SignedIn, code: string, address: string): Promise<OpenedSession> {
    const opened = await this.works.codeProof.prove(
      tenant,
      { userId: session.userId, code, address, act: 'secondFactor' },
      {
        right: async (tx, user, factor) => {
          const renewed = await this.works.sessions.renew(tx, session.sessionId);
          await this.noteOpened(tx, user, { address, by: factor, sessionId: renewed.sessionId });
          return renewed;
        },
        // Who cannot guess any more must prove the password again as well.
        locked: async (tx, user) => {
          await this.works.sessions.endIn(tx, user.id, session.sessionId, 'guessed');
        },
      },
    );
    if (opened === null) throw new ProblemError('proof-refused');
    return opened;
  }

  /** Opens a session in the transaction in which a person proved who they are; also for people of another source. */
  async openFor(tx: Tx, user: User, how: { address: string; by: string; isComplete: boolean }): Promise<OpenedSession> {
    const stage = how.isComplete ? 'open' : 'secondFactor';
    const opened = await this.works.sessions.open(tx, user.id, { stage, address: how.address });
    if (how.isComplete) await this.noteOpened(tx, user, { ...how, sessionId: opened.sessionId });
    else await this.parts.audit.append(tx, recordOf('session.challenge', user, { ...how, sessionId: opened.sessionId }));
    return opened;
  }

  private async noteOpened(tx: Tx, user: User, how: { address: string; by: string; sessionId: string }): Promise<void> {
    await this.works.sessions.tellPrevious(tx, how.sessionId, user);
    const seen = { lastSignInAt: this.parts.clock.now(), lastSignInAddress: how.address, refusedSignIns: 0 };
    await this.works.users.update(tx, user.id, seen);
    await this.parts.audit.append(tx, recordOf('session.open', user, how));
  }

  /** Between the look at the password and now, somebody may have disabled the user or changed the password. */
  private async refuseIfChanged(tx: Tx, user: User, proven: Proven): Promise<void> {
    const [newest] = await this.works.passwords.newest(tx, user.id, 1);
    if (user.state !== 'active' || newest?.id !== proven.password.id) throw new ProblemError('sign-in-refused');
  }
}

function recordOf(action: 'session.open' | 'session.challenge', user: User, how: { address: string; by: string; sessionId: string }) {
  const { address, by, sessionId } = how;
  return { action, targetType: 'user', targetId: user.id, detail: { login: user.login, address, by, sessionId } };
}
