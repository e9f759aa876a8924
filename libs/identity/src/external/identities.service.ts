import { ProblemError } from '@app/contracts';
import type { TenantContext, Tx } from '@app/database';
import type { IdentityParts } from '../identity-parts';
import type { SecondFactors } from '../second-factor/second-factors.service';
import type { OpenedSession } from '../sessions/sessions.service';
import type { Refusal } from '../sign-in/refusal';
import type { Refusals } from '../sign-in/refusals';
import type { SignIn } from '../sign-in/sign-in.service';
import { changedUser } from '../users/changed-user';
import type { User } from '../users/user.entity';
import type { UserStore } from '../users/user.store';
import type { Users } from '../users/users.service';
import { type GroupRule, mapGroups } from './map-groups';

/** A person whom the bank's own provider or directory vouched for; whoever calls has checked that it did. */
export interface ExternalIdentity {
  source: 'oidc' | 'ldap';
  /** The settings' name of it; stands in the audit. */
  sourceId: string;
  /** Who vouches, and by what name it knows the person for ever. */
  issuer: string;
  subject: string;
  login: string;
  displayName: string;
  groups: readonly string[];
}

/** How the tenant takes in people of another source. */
export interface ExternalTerms {
  tenantId: string;
  rules: readonly GroupRule[];
  address: string;
  /** Done in the transaction that lets the person in: forgives the guesses that were counted. */
  accept?: (tx: Tx, user: User, isComplete: boolean) => Promise<void>;
}

/**
 * Lets people of another source in. Who comes for the first time becomes a user then; roles and department follow the groups at each
 * sign-in. Who is in groups that stand for roles which nobody may hold together is not let in, and the audit says why.
 */
export class Identities {
  constructor(
    private readonly parts: IdentityParts,
    private readonly works: { users: Users; store: UserStore; secondFactors: SecondFactors; signIn: SignIn; refusals: Refusals },
  ) {}

  /** A session, or one that still waits for its code. @throws ProblemError sign-in-refused, whatever the reason */
  async signInExternal(external: ExternalIdentity, terms: ExternalTerms): Promise<OpenedSession> {
    const { tenantId, address } = terms;
    const tenant: TenantContext = { tenantId, actor: { type: 'user', id: 'unknown', name: external.login } };
    let opened: OpenedSession | Refusal;
    try {
      opened = await this.parts.unitOfWork.run(tenant, (tx) => this.admit(tx, external, terms));
    } catch (error) {
      if (!(error instanceof ProblemError && error.code === 'login-taken')) throw error;
      opened = 'loginTaken';
    }
    if (typeof opened !== 'string') return opened;
    const { login } = external;
    const unlimited = { user: null, guess: null, throttling: { isThrottled: false, isFirst: false } };
    await this.works.refusals.note({ tenantId, act: 'signIn', reason: opened, address, login, sourceId: external.sourceId, ...unlimited });
    throw new ProblemError('sign-in-refused');
  }

  private async admit(tx: Tx, external: ExternalIdentity, { rules, address, accept }: ExternalTerms): Promise<OpenedSession | Refusal> {
    const mapping = mapGroups(external.groups, rules);
    if (mapping.refused) return mapping.refused;
    const known = await this.works.store.lockBySubject(tx, external);
    if (known?.state === 'disabled') return 'disabled';
    // From here on it is known who acts.
    const { id = 'unknown' } = known ?? {};
    const acting: Tx = { ...tx, tenant: { ...tx.tenant, actor: { type: 'user', id, name: external.login } } };
    const user = known ? await this.follow(acting, known, external, mapping) : await this.provision(acting, external, mapping);
    if (!(await this.works.signIn.isAllowedFrom(acting, user, address))) return 'wrongAddress';
    const isComplete = !(await this.works.secondFactors.isConfirmed(acting, user.id));
    await accept?.(acting, user, isComplete);
    return this.works.signIn.openFor(acting, user, { address, by: `${external.source}:${external.sourceId}`, isComplete });
  }

  private async provision(
    tx: Tx,
    external: ExternalIdentity,
    mapping: { roles: User['roles']; departmentId: string | null },
  ): Promise<User> {
    const { source, sourceId, issuer, login, displayName } = external;
    const user = await this.works.users.insertExternal(
      tx,
      { ...external, login, displayName, departmentId: mapping.departmentId },
      mapping.roles,
    );
    const detail = { login, source: `${source}:${sourceId}`, issuer, roles: mapping.roles.join(' ') };
    await this.parts.audit.append(tx, { action: 'user.provision', targetType: 'user', targetId: user.id, detail });
    return user;
  }

  private async follow(
    tx: Tx,
    known: User,
    { displayName }: ExternalIdentity,
    { roles, departmentId }: { roles: User['roles']; departmentId: string | null },
  ): Promise<User> {
    if (known.displayName !== displayName || known.departmentId !== departmentId) {
      await this.works.store.update(tx, known.id, { displayName, departmentId });
      const detail = { isNameChanged: known.displayName !== displayName, departmentId };
      await this.parts.audit.append(tx, { action: 'user.update', targetType: 'user', targetId: known.id, detail });
    }
    return this.works.users.setRolesIn(tx, changedUser(known, { displayName, departmentId }), roles);
  }
}
