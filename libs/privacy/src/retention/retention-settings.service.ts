import { AuditLog } from '@app/audit';
import { ProblemError, RetentionClass, RetentionDays, type RetentionRequest } from '@app/contracts';
import { serialize, type TenantContext, type Tx, UnitOfWork } from '@app/database';
import { Injectable } from '@nestjs/common';
import { Clock } from './clock';
import { RetentionRuleStore } from './retention-rule.store';
import type { RetentionRules } from './retention-rules';

/** How long a tenant keeps what: to look at and to set. */
@Injectable()
export class RetentionSettings {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly store: RetentionRuleStore,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  async current(tenant: TenantContext): Promise<RetentionRules> {
    return this.unitOfWork.run(tenant, (tx) => this.store.current(tx));
  }

  /** @throws ProblemError `retention-outdated` when other rules stand than the caller saw */
  async set(tenant: TenantContext, request: RetentionRequest): Promise<RetentionRules> {
    return this.unitOfWork.run(tenant, (tx) => this.setIn(tx, request));
  }

  /** The same in a transaction that is open already, such as that of an approval. The same rules again are the version that stands. */
  async setIn(tx: Tx, { basedOn, days }: RetentionRequest): Promise<RetentionRules> {
    await serialize(tx, 'retention-rule');
    const standing = await this.store.current(tx);
    if (standing.version !== basedOn) throw new ProblemError('retention-outdated');
    const next = RetentionDays.parse({ ...standing.days, ...days });
    const changed = RetentionClass.options.filter((name) => next[name] !== standing.days[name]);
    if (changed.length === 0) return standing;
    const { id, name } = tx.tenant.actor;
    const rules = { version: standing.version + 1, days: next, setBy: { id, name }, setAt: this.clock.now() };
    await this.store.insert(tx, rules);
    const detail = { version: rules.version, ...Object.fromEntries(changed.map((one) => [one, next[one]])) };
    await this.audit.append(tx, { action: 'retention.set', targetType: 'retentionRule', targetId: String(rules.version), detail });
    return rules;
  }
}
