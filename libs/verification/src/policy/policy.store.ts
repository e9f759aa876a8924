import type { Tx } from '@app/database';
import { Injectable } from '@nestjs/common';
import { DEFAULT_POLICY, type PolicyTerms, VerificationPolicy } from './verification-policy.entity';

const KEPT_MS = 1_000;
const MOST_TENANTS = 10_000;

/** The tenants' terms. A change is known everywhere a second later: terms are asked for with every verification, and seldom change. */
@Injectable()
export class PolicyStore {
  private readonly kept = new Map<string, { terms: PolicyTerms; until: number }>();

  /** The terms of the transaction's tenant, at most a second old. */
  async current(tx: Tx): Promise<PolicyTerms> {
    const { tenantId } = tx.tenant;
    const kept = this.kept.get(tenantId);
    if (kept !== undefined && kept.until > Date.now()) return kept.terms;
    const terms = await this.stored(tx);
    if (this.kept.size >= MOST_TENANTS) this.kept.clear();
    this.kept.set(tenantId, { terms, until: Date.now() + KEPT_MS });
    return terms;
  }

  /** The terms as they stand. */
  async stored(tx: Tx): Promise<PolicyTerms> {
    return (await tx.manager.getRepository(VerificationPolicy).findOneBy({ tenantId: tx.tenant.tenantId })) ?? DEFAULT_POLICY;
  }

  async save(tx: Tx, terms: PolicyTerms): Promise<void> {
    const { provider, failover, dailyQuota, monthlyBudgetFen, onImplausible } = terms;
    const { tenantId } = tx.tenant;
    await tx.manager
      .getRepository(VerificationPolicy)
      .save({ tenantId, provider, failover, dailyQuota, monthlyBudgetFen, onImplausible, updatedAt: new Date() });
  }
}
