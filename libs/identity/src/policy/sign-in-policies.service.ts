import { type ActChange, ProblemError } from '@app/contracts';
import { serialize, type TenantContext, type Tx } from '@app/database';
import { networkOf, type Role } from '@app/tenancy';
import type { IdentityParts } from '../identity-parts';
import { User } from '../users/user.entity';
import { isAllowedFrom } from './allowed-from';
import { isLoosened } from './is-loosened';
import { type RoleNetworks, SignInPolicy } from './sign-in-policy.entity';

/** What a policy changes to, all of it; `version` is the one that was looked at. */
export interface SignInPolicyWish {
  version: number;
  secondFactor: SignInPolicy['secondFactor'];
  networks: readonly { role: Role; networks: readonly string[] }[];
}

/** Whose word a change is, beside its author's: a proposer's and the proposal, or an operator's alone. */
export type SignInPolicyAuthority = { approvalId: string; proposedBy: string } | { alone: true };

type SignInTerms = Pick<SignInPolicy, 'secondFactor' | 'networks'>;

/** Keeps what a tenant demands of its people beyond the installation. */
export class SignInPolicies {
  constructor(private readonly parts: IdentityParts) {}

  async get(tenant: TenantContext): Promise<SignInPolicy> {
    return this.parts.unitOfWork.run(tenant, (tx) => this.in(tx));
  }

  /** The policy that counts in a transaction; version 0 where there is none. */
  async in(tx: Tx): Promise<SignInPolicy> {
    const found = await tx.manager.findOneBy(SignInPolicy, { tenantId: tx.tenant.tenantId });
    const none = { tenantId: tx.tenant.tenantId, version: 0, secondFactor: 'installation' as const, networks: [] };
    return found ?? Object.assign(new SignInPolicy(), { ...none, changedAt: new Date(0) });
  }

  /**
   * Changes the policy on an operator's word, which the audit marks where it demands less. Counts from everybody's next request on, so nobody
   * may lock themselves out: a person's own address must suit it.
   * @throws ProblemError sign-in-policy-stale, invalid-field, sign-in-policy-own-address
   */
  async change(tenant: TenantContext, wish: SignInPolicyWish): Promise<SignInPolicy> {
    return this.parts.unitOfWork.run(tenant, (tx) => this.changeIn(tx, wish, { alone: true }));
  }

  /** The same on one person's word, who may only demand more; null, and nothing changed, where it lets in anybody who was kept out. */
  async tighten(tenant: TenantContext, wish: SignInPolicyWish): Promise<SignInPolicy | null> {
    return this.parts.unitOfWork.run(tenant, async (tx) => {
      await serialize(tx, 'sign-in-policy');
      const { before, after } = await this.compared(tx, wish);
      return isLoosened(before, after) ? null : this.changeIn(tx, wish, null);
    });
  }

  /** What the wish would change. @throws ProblemError as `change` */
  async differences(tx: Tx, wish: SignInPolicyWish): Promise<ActChange[]> {
    const { before, after } = await this.compared(tx, wish);
    const version = { field: 'version', before: String(before.version), after: String(before.version + 1) };
    const [was, becomes] = [shownTerms(before), shownTerms(after)];
    const fields = [...new Set([...Object.keys(was), ...Object.keys(becomes)])];
    const changed = fields.filter((field) => was[field] !== becomes[field]);
    return [version, ...changed.map((field) => ({ field, before: was[field] ?? null, after: becomes[field] ?? null }))];
  }

  /** The change within a transaction; `authority` is what else the audit says of whose word it is. */
  async changeIn(tx: Tx, wish: SignInPolicyWish, authority: SignInPolicyAuthority | null): Promise<SignInPolicy> {
    await serialize(tx, 'sign-in-policy');
    const { before, after: terms } = await this.compared(tx, wish);
    const changedAt = this.parts.clock.now();
    const after = Object.assign(new SignInPolicy(), before, { version: before.version + 1, ...terms, changedAt });
    await tx.manager.save(SignInPolicy, after);
    const { secondFactor, networks } = terms;
    const detail = { version: after.version, secondFactor, before: told(before.networks), after: told(networks) };
    const isWorthSaying = authority !== null && (!('alone' in authority) || isLoosened(before, terms));
    await this.parts.audit.append(tx, {
      ...{ action: 'signInPolicy.set', targetType: 'tenant', targetId: tx.tenant.tenantId },
      detail: { ...detail, ...(isWorthSaying && authority) },
    });
    return after;
  }

  private async compared(tx: Tx, wish: SignInPolicyWish): Promise<{ before: SignInPolicy; after: SignInTerms }> {
    const networks = wish.networks.map(({ role, networks: texts }, at) => ({ role, networks: texts.map((text) => network(text, at)) }));
    const before = await this.in(tx);
    if (before.version !== wish.version) throw new ProblemError('sign-in-policy-stale');
    await refuseOwnLockOut(tx, networks);
    return { before, after: { secondFactor: wish.secondFactor, networks } };
  }

  /** For the operator, when the networks keep everybody out who could change them. */
  async allowAnywhere(tenant: TenantContext): Promise<void> {
    const { version, secondFactor } = await this.get(tenant);
    await this.change(tenant, { version, secondFactor, networks: [] });
  }
}

async function refuseOwnLockOut(tx: Tx, networks: readonly RoleNetworks[]): Promise<void> {
  const { actor, origin, tenantId } = tx.tenant;
  if (actor.type !== 'user') return;
  const own = await tx.manager.findOneBy(User, { tenantId, id: actor.id });
  if (own && !isAllowedFrom(origin?.clientAddress ?? '', own.roles, networks)) throw new ProblemError('sign-in-policy-own-address');
}

function network(text: string, at: number): string {
  try {
    return networkOf(text);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new ProblemError('invalid-field', { errors: [{ field: `networks.${at}.networks`, message }] });
  }
}

/** By what a change of it is called: the second factor, and each role that is bound. */
function shownTerms({ secondFactor, networks }: SignInTerms): Record<string, string | undefined> {
  return { secondFactor, ...Object.fromEntries(networks.map(({ role, networks: bound }) => [role, bound.join(' · ')])) };
}

function told(networks: readonly RoleNetworks[]): string {
  return networks.map(({ role, networks: bound }) => `${role} ${bound.join(',')}`).join('; ');
}
