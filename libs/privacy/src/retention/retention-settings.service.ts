import type { RetentionRequest } from '@app/contracts';
import { type TenantContext, UnitOfWork } from '@app/database';
import { Injectable } from '@nestjs/common';
import { RetentionChanges } from './retention-changes';
import { RetentionRuleStore } from './retention-rule.store';
import type { RetentionRules } from './retention-rules';

/** How long a tenant keeps what: to look at and, for its operator, to set. */
@Injectable()
export class RetentionSettings {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly store: RetentionRuleStore,
    private readonly changes: RetentionChanges,
  ) {}

  async current(tenant: TenantContext): Promise<RetentionRules> {
    return this.unitOfWork.run(tenant, (tx) => this.store.current(tx));
  }

  /** For an operator who is alone, which the audit marks. @throws ProblemError `retention-outdated` when other rules stand than the caller saw */
  async set(tenant: TenantContext, request: RetentionRequest): Promise<RetentionRules> {
    return this.unitOfWork.run(tenant, (tx) => this.changes.make(tx, request, { alone: true }));
  }
}
