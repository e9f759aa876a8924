import { KeptByTenant, serialize, type Tx } from '@app/database';
import { Injectable } from '@nestjs/common';
import { DEFAULT_POLICY, type StandingPolicy, VerificationPolicy } from './verification-policy.entity';

/** What a version of the rules came from. */
export interface PolicySource {
  reason: string | null;
  approvalId: string | null;
  proposedBy: string | null;
}

/** The tenants' terms. A change is known everywhere a second later: terms are asked for with every verification, and seldom change. */
@Injectable()
export class PolicyStore {
  private readonly kept = new KeptByTenant<StandingPolicy>();

  /** The terms of the transaction's tenant, at most a second old. */
  async current(tx: Tx): Promise<StandingPolicy> {
    return this.kept.get(tx, () => this.stored(tx));
  }

  /** The terms as they stand. */
  async stored(tx: Tx): Promise<StandingPolicy> {
    return (await tx.manager.getRepository(VerificationPolicy).findOneBy({ tenantId: tx.tenant.tenantId })) ?? DEFAULT_POLICY;
  }

  /** Lets no other transaction change the tenant's terms until this one ends. */
  async holdChanges(tx: Tx): Promise<void> {
    await serialize(tx, 'verification policy');
  }

  /** Writes the next version, which stays beside all earlier ones. */
  async save(tx: Tx, { version, ...terms }: StandingPolicy, source: PolicySource): Promise<void> {
    const { provider, failover, dailyQuota, monthlyBudgetFen, onImplausible, settlementLimitFen } = terms;
    const { tenantId, actor } = tx.tenant;
    const now = new Date();
    const money = [monthlyBudgetFen, settlementLimitFen].map((fen) => fen?.toString() ?? null);
    const values = [tenantId, version, provider, failover, dailyQuota, ...money, onImplausible, now];
    await tx.manager.query(version === 1 ? INSERT : UPDATE, values);
    await tx.manager.query(INSERT_VERSION, [...values, source.reason, source.approvalId, source.proposedBy, actor.id, actor.name]);
  }
}

const TERMS = 'provider, failover, daily_quota, monthly_budget_fen, settlement_limit_fen, on_implausible';
const INSERT = `insert into verification_policy (tenant_id, version, ${TERMS}, updated_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`;
const UPDATE = `update verification_policy set version = $2, provider = $3, failover = $4, daily_quota = $5, monthly_budget_fen = $6,
  settlement_limit_fen = $7, on_implausible = $8, updated_at = $9 where tenant_id = $1`;
const INSERT_VERSION = `insert into verification_policy_version
  (tenant_id, version, ${TERMS}, set_at, reason, approval_id, proposed_by, set_by, set_by_name)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`;
