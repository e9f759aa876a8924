import type { ApprovedBy } from '@app/approvals';
import { AuditLog } from '@app/audit';
import { ProblemError, RetentionClass, RetentionDays, type RetentionRequest } from '@app/contracts';
import { serialize, type Tx } from '@app/database';
import { Injectable } from '@nestjs/common';
import { Clock } from './clock';
import { RetentionRuleStore } from './retention-rule.store';
import type { RetentionRules } from './retention-rules';

/** Whose word a change is: a proposer's and an approver's, or an operator's who is alone. */
export type RetentionAuthority = ApprovedBy | { alone: true };

/** Changes of a tenant's rules, within the transaction of whoever makes them. */
@Injectable()
export class RetentionChanges {
  constructor(
    private readonly store: RetentionRuleStore,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** The rules that stand, and what they would become. @throws ProblemError `retention-outdated` when other rules stand than the caller saw */
  async compared(
    tx: Tx,
    { basedOn, days }: RetentionRequest,
  ): Promise<{ standing: RetentionRules; next: RetentionDays; changed: RetentionClass[] }> {
    const standing = await this.store.current(tx);
    if (standing.version !== basedOn) throw new ProblemError('retention-outdated');
    const next = RetentionDays.parse({ ...standing.days, ...days });
    return { standing, next, changed: RetentionClass.options.filter((name) => next[name] !== standing.days[name]) };
  }

  /** Sets them. The same rules again are the version that stands. @throws ProblemError `retention-outdated` */
  async make(tx: Tx, request: RetentionRequest, authority: RetentionAuthority): Promise<RetentionRules> {
    await serialize(tx, 'retention-rule');
    const { standing, next, changed } = await this.compared(tx, request);
    if (changed.length === 0) return standing;
    const { id, name } = tx.tenant.actor;
    const rules = { version: standing.version + 1, days: next, setBy: { id, name }, setAt: this.clock.now() };
    await this.store.insert(tx, rules);
    const by = 'alone' in authority ? authority : { approvalId: authority.approvalId, proposedBy: authority.proposedBy };
    const detail = { version: rules.version, ...Object.fromEntries(changed.map((one) => [one, next[one]])), ...by };
    await this.audit.append(tx, { action: 'retention.set', targetType: 'retentionRule', targetId: String(rules.version), detail });
    return rules;
  }
}
