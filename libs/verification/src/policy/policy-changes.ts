import type { ApprovedBy } from '@app/approvals';
import { type AuditDetail, AuditLog } from '@app/audit';
import { type ActChange, ProblemError } from '@app/contracts';
import type { Tx } from '@app/database';
import { Injectable } from '@nestjs/common';
import { PolicyStore } from './policy.store';
import type { PolicyTerms, StandingPolicy } from './verification-policy.entity';
import { writtenTerms } from './written-terms';

/** New rules in place of the version they were thought up on. */
export interface PolicyOrder {
  baseVersion: number;
  terms: PolicyTerms;
  reason: string | null;
}

/** Whose word a change of the rules is: a proposer's and an approver's, or an operator's who is alone. */
export type PolicyAuthority = ApprovedBy | { alone: true };

/** Changes a tenant's rules: each change is a version of its own, and none is made on rules that its author has not seen. */
@Injectable()
export class PolicyChanges {
  constructor(
    private readonly store: PolicyStore,
    private readonly audit: AuditLog,
  ) {}

  /**
   * What the order would change of the rules as they stand.
   * @throws ProblemError `approval-outdated` when they are no longer those it was thought up on
   */
  async differences(tx: Tx, { baseVersion, terms }: PolicyOrder): Promise<ActChange[]> {
    const standing = await this.store.stored(tx);
    if (standing.version !== baseVersion) throw new ProblemError('approval-outdated');
    const before = shownTerms(standing);
    const after = shownTerms(terms);
    const version = { field: 'version', before: String(baseVersion), after: String(baseVersion + 1) };
    return [
      version,
      ...TERMS.filter((field) => before[field] !== after[field]).map((field) => ({ field, before: before[field], after: after[field] })),
    ];
  }

  /** @throws ProblemError `approval-outdated` */
  async make(tx: Tx, order: PolicyOrder, authority: PolicyAuthority): Promise<StandingPolicy> {
    await this.store.holdChanges(tx);
    const standing = await this.store.stored(tx);
    if (standing.version !== order.baseVersion) throw new ProblemError('approval-outdated');
    const policy: StandingPolicy = { ...order.terms, version: standing.version + 1 };
    const approved = 'alone' in authority ? null : authority;
    await this.store.save(tx, policy, {
      reason: order.reason,
      approvalId: approved?.approvalId ?? null,
      proposedBy: approved?.proposedBy ?? null,
    });
    await this.audit.append(tx, {
      action: 'verificationPolicy.set',
      targetType: 'tenant',
      targetId: tx.tenant.tenantId,
      detail: detailOf(policy, order.reason, authority),
    });
    return policy;
  }
}

const TERMS = ['provider', 'failover', 'dailyQuota', 'monthlyBudgetFen', 'onImplausible', 'settlementLimitFen'] as const;

function shownTerms(terms: PolicyTerms): Record<(typeof TERMS)[number], string | null> {
  const written = writtenTerms(terms);
  return { ...written, dailyQuota: written.dailyQuota?.toString() ?? null };
}

function detailOf(policy: StandingPolicy, reason: string | null, authority: PolicyAuthority): AuditDetail {
  const by: AuditDetail = 'alone' in authority ? { alone: true } : { approvalId: authority.approvalId, proposedBy: authority.proposedBy };
  return { ...writtenTerms(policy), version: policy.version, reason, ...by };
}
