import { type Approval, approvalsFor, type Deciders, OperatorApprovals } from '@app/approvals';
import { AuditLog } from '@app/audit';
import type { PolicyDryRun, ProviderId } from '@app/contracts';
import { type Actor, type TenantContext, type Tx, UnitOfWork } from '@app/database';
import { Tenant, TenantNotFoundError } from '@app/tenancy';
import type { DataSource } from 'typeorm';
import type { ProviderChannel } from '../channel/provider-channel.entity';
import { ProviderChannelStore } from '../channel/provider-channel.store';
import { CallPrices } from '../charges/call-prices.store';
import { recordedInstallation } from '../dry-run/installation-facts';
import { PastRequests } from '../dry-run/past-requests.store';
import { PolicyDryRuns } from '../dry-run/policy-dry-runs';
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
  private readonly audit = new AuditLog();
  private readonly changes = new PolicyChanges(this.policies, this.audit);
  private readonly approvals: OperatorApprovals;

  constructor(
    private readonly dataSource: DataSource,
    deciders: Deciders,
  ) {
    this.unitOfWork = new UnitOfWork(dataSource);
    this.approvals = new OperatorApprovals(this.unitOfWork, approvalsFor(this.unitOfWork, []), deciders);
  }

  /** @throws TenantNotFoundError */
  async policyOf(actor: Actor, tenantName: string): Promise<StandingPolicy> {
    return this.unitOfWork.run(await this.tenant(actor, tenantName), (tx) => this.policies.stored(tx));
  }

  /**
   * Changes some of a tenant's terms as long as the operator is alone with it; afterwards this proposes the change to the tenant's persons,
   * with its dry run.
   * @throws TenantNotFoundError, InstallationUnknownError where a dry run cannot be made: then nothing is proposed
   */
  async setPolicy(actor: Actor, tenantName: string, changes: Partial<PolicyTerms>, reason: string | null = null): Promise<PolicySet> {
    const tenant = await this.tenant(actor, tenantName);
    if (await this.approvals.isAlone(tenant, 'verificationPolicy.set')) {
      const terms = await this.unitOfWork.run(tenant, async (tx) =>
        this.changes.make(tx, await this.order(tx, changes, reason), { alone: true }),
      );
      return { terms, approval: null };
    }
    const proposals = approvalsFor(this.unitOfWork, [new PolicyChangeAct(this.changes, await this.dryRuns(actor))]);
    return this.unitOfWork.run(tenant, async (tx) => {
      const payload = policyPayload(await this.order(tx, changes, reason));
      const target = { type: 'tenant', id: tenant.tenantId };
      const approval = await proposals.proposeIn(tx, { kind: 'verificationPolicy.set', payload, target, reason });
      return { terms: await this.policies.stored(tx), approval };
    });
  }

  /**
   * Says what changed terms would have decided otherwise of late; changes and proposes nothing.
   * @throws TenantNotFoundError, InstallationUnknownError
   */
  async tryPolicy(actor: Actor, tenantName: string, changes: Partial<PolicyTerms>): Promise<PolicyDryRun> {
    const tenant = await this.tenant(actor, tenantName);
    const { version } = await this.unitOfWork.run(tenant, (tx) => this.policies.stored(tx));
    return (await this.dryRuns(actor)).run(tenant, version, (standing) => ({ ...standing, ...changes }));
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

  private async dryRuns(actor: Actor): Promise<PolicyDryRuns> {
    const installation = await recordedInstallation(this.unitOfWork, actor);
    return new PolicyDryRuns(this.unitOfWork, this.policies, new PastRequests(new CallPrices()), this.audit, installation);
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
