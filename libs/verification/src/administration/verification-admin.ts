import { type Approval, type Approvals, approvalsFor, type Deciders, OperatorApprovals } from '@app/approvals';
import { AuditLog } from '@app/audit';
import type { ProviderId } from '@app/contracts';
import { type Actor, type TenantContext, type Tx, UnitOfWork } from '@app/database';
import { Tenant, TenantNotFoundError } from '@app/tenancy';
import type { DataSource } from 'typeorm';
import type { ProviderChannel } from '../channel/provider-channel.entity';
import { ProviderChannelStore } from '../channel/provider-channel.store';
import { PolicyChangeAct, policyPayload } from '../policy/policy-change.act';
import { PolicyChanges, type PolicyOrder } from '../policy/policy-changes';
import { PolicyStore } from '../policy/policy.store';
import type { PolicyTerms, StandingPolicy } from '../policy/verification-policy.entity';

/** What came of a change of the rules: the terms that hold now, and the proposal where it takes persons to approve it. */
export interface PolicySet {
  terms: StandingPolicy;
  approval: Approval | null;
}

/** What an operator does with verification, at the command line and as the owner role. */
export class VerificationAdmin {
  private readonly unitOfWork: UnitOfWork;
  private readonly policies = new PolicyStore();
  private readonly channels = new ProviderChannelStore();
  private readonly changes = new PolicyChanges(this.policies, new AuditLog());
  private readonly proposals: Approvals;
  private readonly approvals: OperatorApprovals;

  constructor(
    private readonly dataSource: DataSource,
    deciders: Deciders,
  ) {
    this.unitOfWork = new UnitOfWork(dataSource);
    this.proposals = approvalsFor(this.unitOfWork, [new PolicyChangeAct(this.changes, null)]);
    this.approvals = new OperatorApprovals(this.unitOfWork, this.proposals, deciders);
  }

  /** @throws TenantNotFoundError */
  async policyOf(actor: Actor, tenantName: string): Promise<StandingPolicy> {
    return this.unitOfWork.run(await this.tenant(actor, tenantName), (tx) => this.policies.stored(tx));
  }

  /**
   * Changes some of a tenant's terms as long as the operator is alone with it; afterwards this proposes the change to the tenant's persons.
   * @throws TenantNotFoundError
   */
  async setPolicy(actor: Actor, tenantName: string, changes: Partial<PolicyTerms>, reason: string | null = null): Promise<PolicySet> {
    const tenant = await this.tenant(actor, tenantName);
    if (await this.approvals.isAlone(tenant, 'verificationPolicy.set')) {
      const terms = await this.unitOfWork.run(tenant, async (tx) =>
        this.changes.make(tx, await this.order(tx, changes, reason), { alone: true }),
      );
      return { terms, approval: null };
    }
    return this.unitOfWork.run(tenant, async (tx) => {
      const payload = policyPayload(await this.order(tx, changes, reason));
      const target = { type: 'tenant', id: tenant.tenantId };
      const approval = await this.proposals.proposeIn(tx, { kind: 'verificationPolicy.set', payload, target, reason });
      return { terms: await this.policies.stored(tx), approval };
    });
  }

  async channelStates(): Promise<ProviderChannel[]> {
    return this.channels.list(this.dataSource.manager);
  }

  /** Lets verifications by this provider wait until it is resumed. */
  async pause(actor: Actor, provider: ProviderId, reason: string): Promise<void> {
    await this.dataSource.transaction((manager) => this.channels.pause(manager, { provider, reason, actor }));
  }

  /** Ends a pause, or closes a circuit that opened. */
  async resume(actor: Actor, provider: ProviderId, reason: string): Promise<void> {
    await this.dataSource.transaction((manager) => this.channels.resume(manager, { provider, reason, actor }));
  }

  private async order(tx: Tx, changes: Partial<PolicyTerms>, reason: string | null): Promise<PolicyOrder> {
    const { version, ...terms } = await this.policies.stored(tx);
    return { baseVersion: version, terms: { ...terms, ...changes }, reason };
  }

  private async tenant(actor: Actor, name: string): Promise<TenantContext> {
    const tenant = await this.dataSource.manager.findOneBy(Tenant, { name });
    if (tenant === null) throw new TenantNotFoundError(name);
    return { tenantId: tenant.id, actor };
  }
}
