import { ProblemError } from '@app/contracts';
import type { Tx } from '@app/database';
import { v7 as uuidv7 } from 'uuid';
import { HOUR_MS, type IdentityParts } from '../identity-parts';
import type { SignedIn } from '../second-factor/second-factors.service';
import type { OpenedSession, Sessions } from '../sessions/sessions.service';
import type { Reconfirmation } from '../sign-in/reconfirmation';
import type { User } from '../users/user.entity';
import type { UserStore } from '../users/user.store';
import type { KnownPasswords } from './known-passwords';
import { newOneTimePassword } from './one-time-password';
import type { PasswordHashing } from './password-hashing';
import { passwordFaults } from './password-policy';
import type { PasswordStore } from './password.store';
import type { UserPassword } from './user-password.entity';

/** A one-time password that nobody used for three days is void. */
export const ONE_TIME_HOURS = 72;

/** A one-time password and its hash, made before the transaction that stores it: hashing takes longer than a lock should be held. */
export interface OneTimePassword {
  password: string;
  hash: string;
}

/** Changes passwords. */
export class Passwords {
  constructor(
    private readonly store: PasswordStore,
    private readonly hashing: PasswordHashing,
    private readonly known: KnownPasswords,
    private readonly users: UserStore,
    private readonly sessions: Sessions,
    private readonly parts: IdentityParts,
  ) {}

  /**
   * A person's own change: the current password is proved first. All other sessions end, and this one gets a new token.
   * @throws ProblemError proof-refused, user-external, password-unacceptable (`errors` say why)
   */
  async change(
    signedIn: SignedIn,
    { current, next, address }: { current: string; next: string; address: string },
    reconfirmation: Reconfirmation,
  ): Promise<OpenedSession> {
    const { tenant, session } = signedIn;
    const { userId, sessionId } = session;
    const before = await this.parts.unitOfWork.run(tenant, (tx) => this.users.lock(tx, userId));
    if (before.source !== 'local') throw new ProblemError('user-external');
    await reconfirmation.provePassword({ tenant, userId, password: current, address, act: 'password.change', isComplete: true });
    const [newest] = await this.refuseFaults(signedIn, before, next);
    const hash = await this.hashing.hash(next);
    return this.parts.unitOfWork.run(tenant, async (tx) => {
      await this.users.lock(tx, userId);
      if ((await this.store.newest(tx, userId, 1))[0]?.id !== newest) throw new ProblemError('proof-refused');
      await this.insert(tx, userId, hash, null);
      await this.users.update(tx, userId, { mustChangePassword: false, passwordResetBy: null });
      await this.parts.audit.append(tx, { action: 'user.password.change', targetType: 'user', targetId: userId });
      await this.sessions.endAllIn(tx, userId, sessionId);
      return this.sessions.renew(tx, sessionId);
    });
  }

  async newOneTime(): Promise<OneTimePassword> {
    const password = newOneTimePassword();
    return { password, hash: await this.hashing.hash(password) };
  }

  /** Stores a one-time password: it opens once, to be changed, and not for long. */
  async giveOneTime(tx: Tx, userId: string, { hash }: OneTimePassword): Promise<void> {
    const expiresAt = new Date(this.parts.clock.now().getTime() + ONE_TIME_HOURS * HOUR_MS);
    await this.insert(tx, userId, hash, expiresAt);
  }

  private async insert(tx: Tx, userId: string, hash: string, expiresAt: Date | null): Promise<void> {
    await this.store.insert(tx, { id: uuidv7(), userId, hash, expiresAt, madeAt: this.parts.clock.now() });
    await this.store.forgetAllBut(tx, userId, Math.max(1, this.parts.settings.passwordHistory));
  }

  /** Ids of the passwords that the new one was compared with, the newest first. */
  private async refuseFaults({ tenant }: SignedIn, user: User, next: string): Promise<string[]> {
    const { passwordMinLength: minLength, passwordHistory } = this.parts.settings;
    const { before, tenantName } = await this.parts.unitOfWork.run(tenant, async (tx) => ({
      before: await this.store.newest(tx, user.id, Math.max(1, passwordHistory)),
      tenantName: await this.store.tenantName(tx),
    }));
    const { login, displayName } = user;
    const faults = passwordFaults(next, { login, displayName, tenantName, minLength });
    if (faults.length === 0 && (await this.known.holds(next))) faults.push('common');
    // Hashing is dear: whatever is refused anyway is not compared.
    if (faults.length === 0 && (await this.isAmong(before, next))) faults.push('reused');
    if (faults.length > 0)
      throw new ProblemError('password-unacceptable', { errors: faults.map((fault) => ({ field: 'next', message: fault })) });
    return before.map(({ id }) => id);
  }

  private async isAmong(before: readonly UserPassword[], next: string): Promise<boolean> {
    for (const { hash } of before) if (await this.hashing.verify(next, hash)) return true;
    return false;
  }
}
