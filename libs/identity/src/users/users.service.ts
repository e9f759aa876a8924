import { ProblemError } from '@app/contracts';
import type { Actor, TenantContext, Tx } from '@app/database';
import { holdsAdministration, mayBeHeldTogether, type Role } from '@app/tenancy';
import { QueryFailedError } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import type { IdentityParts } from '../identity-parts';
import type { OneTimePassword, Passwords } from '../passwords/passwords.service';
import type { SecondFactors } from '../second-factor/second-factors.service';
import type { Sessions } from '../sessions/sessions.service';
import type { Guesses } from '../sign-in/guesses';
import { changedUser } from './changed-user';
import { loginKey } from './login-key';
import { User } from './user.entity';
import type { UserPageRequest, UserStore } from './user.store';

/** Who is to be made a user. */
export interface NewUser {
  login: string;
  displayName: string;
  departmentId?: string | null | undefined;
}

/** What of a user is to be changed; what is left out stays. */
export interface UserChange {
  displayName?: string | undefined;
  departmentId?: string | null | undefined;
  state?: User['state'] | undefined;
}

/** A user with a password that is shown once. */
export interface UserWithPassword {
  user: User;
  oneTimePassword: string;
}

/**
 * Manages people. Two hands: whoever makes users gives no roles, and whoever gives roles makes no users; the routes' scopes say so. Nobody
 * acts upon their own account, and nobody takes both of another's proofs away, since that would be taking the account over.
 */
export class Users {
  constructor(
    private readonly parts: IdentityParts,
    private readonly store: UserStore,
    private readonly works: { passwords: Passwords; secondFactors: SecondFactors; sessions: Sessions; guesses: Guesses },
  ) {}

  async page(tenant: TenantContext, request: UserPageRequest): Promise<User[]> {
    return this.parts.unitOfWork.run(tenant, (tx) => this.store.page(tx, request));
  }

  /** @throws ProblemError not-found */
  async get(tenant: TenantContext, id: string): Promise<User> {
    const user = await this.parts.unitOfWork.run(tenant, (tx) => this.store.find(tx, id));
    if (!user) throw new ProblemError('not-found');
    return user;
  }

  /** Those of these ids that are users of the tenant. */
  async withIds(tenant: TenantContext, ids: readonly string[]): Promise<User[]> {
    return this.parts.unitOfWork.run(tenant, (tx) => this.store.findAll(tx, ids));
  }

  /** The user of this login; for the operator, who knows people by it. @throws ProblemError not-found */
  async byLogin(tenant: TenantContext, login: string): Promise<User> {
    const user = await this.parts.unitOfWork.run(tenant, (tx) => this.store.findByLogin(tx, login));
    if (!user) throw new ProblemError('not-found');
    return user;
  }

  /**
   * Makes a local user with a one-time password. `roles` is for the first administrators, whom an operator makes at the command line;
   * everybody else gets theirs from a security administrator. @throws ProblemError login-taken, roles-exclusive, department-place
   */
  async create(tenant: TenantContext, wish: NewUser, roles: readonly Role[] = []): Promise<UserWithPassword> {
    refuseExclusive(roles);
    const oneTime = await this.works.passwords.newOneTime();
    const user = changedUser(this.blank(tenant, wish), {
      mustChangePassword: true,
      passwordResetBy: idOf(tenant.actor),
      roles: [...roles],
    });
    await this.parts.unitOfWork.run(tenant, async (tx) => {
      await this.insert(tx, user);
      await this.works.passwords.giveOneTime(tx, user.id, oneTime);
      const { login, source } = user;
      await this.append(tx, 'user.create', user.id, { login, source, roles: roles.join(' ') });
    });
    return { user, oneTimePassword: oneTime.password };
  }

  /** Inserts a user that another source vouches for, without a password. @throws ProblemError login-taken */
  async insertExternal(tx: Tx, wish: NewUser & Pick<User, 'source' | 'issuer' | 'subject'>, roles: readonly Role[]): Promise<User> {
    const { source, issuer, subject } = wish;
    const user = changedUser(this.blank(tx.tenant, wish), { source, issuer, subject, roles: [...roles] });
    await this.insert(tx, user);
    return user;
  }

  /** @throws ProblemError not-found, own-account, department-place */
  async change(tenant: TenantContext, id: string, change: UserChange): Promise<User> {
    if (change.state !== undefined) refuseOwn(tenant.actor, id);
    return this.parts.unitOfWork.run(tenant, async (tx) => {
      const before = await this.store.lock(tx, id);
      const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)) as Partial<User>;
      const after = changedUser(before, given);
      if (Object.keys(given).length > 0) await writing(() => this.store.update(tx, id, given));
      const { displayName, departmentId, state } = after;
      if (displayName !== before.displayName || departmentId !== before.departmentId)
        await this.append(tx, 'user.update', id, { isNameChanged: displayName !== before.displayName, departmentId });
      if (state !== before.state) await this.noteState(tx, id, state);
      return after;
    });
  }

  /** Gives a user these roles and no others. They count from the user's next request on. @throws ProblemError not-found, own-account, roles-exclusive */
  async setRoles(tenant: TenantContext, id: string, roles: readonly Role[]): Promise<User> {
    refuseOwn(tenant.actor, id);
    refuseExclusive(roles);
    return this.parts.unitOfWork.run(tenant, async (tx) => this.setRolesIn(tx, await this.store.lock(tx, id), roles));
  }

  /** The same for a user whose row is locked, in a transaction that has its own reason to. */
  async setRolesIn(tx: Tx, user: User, roles: readonly Role[]): Promise<User> {
    const next = [...new Set(roles)].sort();
    const before = [...user.roles].sort().join(' ');
    if (before === next.join(' ')) return user;
    await this.store.update(tx, user.id, { roles: next });
    await this.append(tx, 'user.roles', user.id, { before, after: next.join(' ') });
    return changedUser(user, { roles: next });
  }

  /** @throws ProblemError not-found, own-account */
  async unlock(tenant: TenantContext, id: string): Promise<User> {
    refuseOwn(tenant.actor, id);
    return this.parts.unitOfWork.run(tenant, async (tx) => {
      const user = await this.store.lock(tx, id);
      await this.works.guesses.unlock(tx, id);
      await this.append(tx, 'user.unlock', id, {});
      return changedUser(user, { failedCount: 0, lockedUntil: null });
    });
  }

  /**
   * Gives a user a one-time password, and ends all sessions. Not to whom the same person took the second factor from; and to an
   * administrator without a second factor only at the command line, or a system administrator could become any other.
   * @throws ProblemError not-found, own-account, user-external, another-person-needed
   */
  async resetPassword(tenant: TenantContext, id: string): Promise<UserWithPassword> {
    refuseOwn(tenant.actor, id);
    const oneTime = await this.works.passwords.newOneTime();
    const user = await this.parts.unitOfWork.run(tenant, async (tx) => {
      const before = await this.store.lock(tx, id);
      await this.refuseTakeOver(tx, before);
      await this.giveOneTime(tx, before, oneTime);
      return changedUser(before, { mustChangePassword: true, failedCount: 0, lockedUntil: null });
    });
    return { user, oneTimePassword: oneTime.password };
  }

  /** Takes a lost second factor away, and ends all sessions. @throws ProblemError not-found, own-account, another-person-needed, second-factor-missing */
  async resetSecondFactor(tenant: TenantContext, id: string): Promise<User> {
    refuseOwn(tenant.actor, id);
    return this.parts.unitOfWork.run(tenant, async (tx) => {
      const user = await this.store.lock(tx, id);
      if (!isOperator(tenant.actor) && user.passwordResetBy === idOf(tenant.actor)) throw new ProblemError('another-person-needed');
      await this.works.secondFactors.removeIn(tx, id);
      await this.store.update(tx, id, { secondFactorResetBy: idOf(tenant.actor) });
      await this.append(tx, 'user.secondFactor.reset', id, {});
      await this.works.sessions.endAllIn(tx, id);
      return user;
    });
  }

  /** Whether a user has a second factor, for those who look at users. */
  async hasSecondFactor(tenant: TenantContext, id: string): Promise<boolean> {
    return this.parts.unitOfWork.run(tenant, (tx) => this.works.secondFactors.isConfirmed(tx, id));
  }

  private blank({ tenantId }: TenantContext, { login, displayName, departmentId = null }: NewUser): User {
    return Object.assign(new User(), {
      ...{ id: uuidv7(), tenantId, login: login.trim(), loginKey: loginKey(login), displayName, departmentId },
      ...{ state: 'active' as const, source: 'local' as const, issuer: null, subject: null, roles: [] },
      ...{ mustChangePassword: false, passwordResetBy: null, secondFactorResetBy: null },
      ...{ failedCount: 0, lockedUntil: null, createdAt: this.parts.clock.now(), lastSignInAt: null },
      ...{ lastSignInAddress: null, refusedSignIns: 0 },
    });
  }

  private async insert(tx: Tx, user: User): Promise<void> {
    await writing(() => this.store.insert(tx, user));
  }

  private async refuseTakeOver(tx: Tx, user: User): Promise<void> {
    if (user.source !== 'local') throw new ProblemError('user-external');
    const { actor } = tx.tenant;
    if (isOperator(actor)) return;
    const isBare = holdsAdministration(user.roles) && !(await this.works.secondFactors.isConfirmed(tx, user.id));
    if (isBare || user.secondFactorResetBy === idOf(actor)) throw new ProblemError('another-person-needed');
  }

  private async giveOneTime(tx: Tx, { id }: User, oneTime: OneTimePassword): Promise<void> {
    await this.works.passwords.giveOneTime(tx, id, oneTime);
    await this.store.update(tx, id, { mustChangePassword: true, passwordResetBy: idOf(tx.tenant.actor) });
    await this.works.guesses.unlock(tx, id);
    await this.append(tx, 'user.password.reset', id, {});
    await this.works.sessions.endAllIn(tx, id);
  }

  private async noteState(tx: Tx, id: string, state: User['state']): Promise<void> {
    await this.append(tx, state === 'active' ? 'user.enable' : 'user.disable', id, {});
    if (state === 'disabled') await this.works.sessions.endAllIn(tx, id);
  }

  private async append(tx: Tx, action: UserAction, targetId: string, detail: Record<string, string | boolean | null>): Promise<void> {
    await this.parts.audit.append(tx, { action, targetType: 'user', targetId, detail });
  }
}

type UserAction =
  | 'user.create'
  | 'user.update'
  | 'user.enable'
  | 'user.disable'
  | 'user.roles'
  | 'user.unlock'
  | 'user.password.reset'
  | 'user.secondFactor.reset';

const isOperator = (actor: Actor): boolean => actor.type === 'operator';

/** Who acts, by kind and id: an API key and a person never pass for one another. */
const idOf = ({ type, id }: Actor): string => `${type}:${id}`;

function refuseOwn(actor: Actor, id: string): void {
  if (actor.type === 'user' && actor.id === id) throw new ProblemError('own-account');
}

function refuseExclusive(roles: readonly Role[]): void {
  if (!mayBeHeldTogether(roles)) throw new ProblemError('roles-exclusive');
}

async function writing(write: () => Promise<void>): Promise<void> {
  try {
    await write();
  } catch (error) {
    const constraint = error instanceof QueryFailedError ? (error.driverError as { constraint?: string }).constraint : undefined;
    throw constraint === 'user_account_department_id_fk' ? new ProblemError('department-place', { cause: error }) : error;
  }
}
