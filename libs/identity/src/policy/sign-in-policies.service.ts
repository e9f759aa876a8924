import { ProblemError } from '@app/contracts';
import { serialize, type TenantContext, type Tx } from '@app/database';
import { networkOf, type Role } from '@app/tenancy';
import type { IdentityParts } from '../identity-parts';
import { User } from '../users/user.entity';
import { isAllowedFrom } from './allowed-from';
import { type RoleNetworks, SignInPolicy } from './sign-in-policy.entity';

/** What a policy changes to, all of it; `version` is the one that was looked at. */
export interface SignInPolicyWish {
  version: number;
  secondFactor: SignInPolicy['secondFactor'];
  networks: readonly { role: Role; networks: readonly string[] }[];
}

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
   * Changes the policy. Counts from everybody's next request on, so nobody may lock themselves out: a person's own address must suit it.
   * @throws ProblemError changed-meanwhile, invalid-field, sign-in-policy-own-address
   */
  async change(tenant: TenantContext, wish: SignInPolicyWish): Promise<SignInPolicy> {
    const networks = wish.networks.map(({ role, networks: texts }, at) => ({ role, networks: texts.map((text) => network(text, at)) }));
    return this.parts.unitOfWork.run(tenant, async (tx) => {
      await serialize(tx, 'sign-in-policy');
      const before = await this.in(tx);
      if (before.version !== wish.version) throw new ProblemError('sign-in-policy-stale');
      await refuseOwnLockOut(tx, networks);
      const { secondFactor } = wish;
      const after = Object.assign(new SignInPolicy(), before, {
        ...{ version: before.version + 1, secondFactor, networks },
        changedAt: this.parts.clock.now(),
      });
      await tx.manager.save(SignInPolicy, after);
      const detail = { version: after.version, secondFactor, before: told(before.networks), after: told(networks) };
      await this.parts.audit.append(tx, { action: 'signInPolicy.set', targetType: 'tenant', targetId: tx.tenant.tenantId, detail });
      return after;
    });
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

function told(networks: readonly RoleNetworks[]): string {
  return networks.map(({ role, networks: bound }) => `${role} ${bound.join(',')}`).join('; ');
}
