import { AuditLog } from '@app/audit';
import type { ProviderId } from '@app/contracts';
import { type Actor, type TenantContext, UnitOfWork } from '@app/database';
import { Tenant, TenantNotFoundError } from '@app/tenancy';
import type { DataSource } from 'typeorm';
import type { ProviderChannel } from '../channel/provider-channel.entity';
import { ProviderChannelStore } from '../channel/provider-channel.store';
import { PolicyStore } from '../policy/policy.store';
import type { PolicyTerms } from '../policy/verification-policy.entity';

/** What an operator does with verification, at the command line and as the owner role. */
export class VerificationAdmin {
  private readonly unitOfWork: UnitOfWork;
  private readonly policies = new PolicyStore();
  private readonly channels = new ProviderChannelStore();
  private readonly audit = new AuditLog();

  constructor(private readonly dataSource: DataSource) {
    this.unitOfWork = new UnitOfWork(dataSource);
  }

  /** @throws TenantNotFoundError */
  async policyOf(actor: Actor, tenantName: string): Promise<PolicyTerms> {
    return this.unitOfWork.run(await this.tenant(actor, tenantName), (tx) => this.policies.stored(tx));
  }

  /**
   * Changes some of a tenant's terms, and answers all as they stand now.
   * @throws TenantNotFoundError
   */
  async setPolicy(actor: Actor, tenantName: string, changes: Partial<PolicyTerms>): Promise<PolicyTerms> {
    const tenant = await this.tenant(actor, tenantName);
    return this.unitOfWork.run(tenant, async (tx) => {
      const terms = { ...(await this.policies.stored(tx)), ...changes };
      await this.policies.save(tx, terms);
      const { provider, failover, dailyQuota, monthlyBudgetFen, onImplausible } = terms;
      const detail = { provider, failover, dailyQuota, monthlyBudgetFen: monthlyBudgetFen?.toString() ?? null, onImplausible };
      await this.audit.append(tx, { action: 'verificationPolicy.set', targetType: 'tenant', targetId: tenant.tenantId, detail });
      return terms;
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

  private async tenant(actor: Actor, name: string): Promise<TenantContext> {
    const tenant = await this.dataSource.manager.findOneBy(Tenant, { name });
    if (tenant === null) throw new TenantNotFoundError(name);
    return { tenantId: tenant.id, actor };
  }
}
