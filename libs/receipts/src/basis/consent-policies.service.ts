import { AuditLog } from '@app/audit';
import type { ConsentPolicyRequest } from '@app/contracts';
import { type TenantContext, UnitOfWork } from '@app/database';
import { Injectable } from '@nestjs/common';
import type { ConsentPolicy } from './consent-policy';
import { ConsentPolicyChanges } from './consent-policy-changes';
import { ConsentPolicyStore } from './consent-policy.store';

/** What a tenant demands to know of consent: to look at and, for its operator, to set. */
@Injectable()
export class ConsentPolicies {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly store: ConsentPolicyStore,
    private readonly changes: ConsentPolicyChanges,
  ) {}

  /** The service without a module, for the command line. */
  static forOperator(unitOfWork: UnitOfWork): ConsentPolicies {
    const store = new ConsentPolicyStore();
    return new ConsentPolicies(unitOfWork, store, new ConsentPolicyChanges(store, new AuditLog()));
  }

  async current(tenant: TenantContext): Promise<ConsentPolicy> {
    return this.unitOfWork.run(tenant, (tx) => this.store.stored(tx));
  }

  /** For an operator who is alone, which the audit marks. @throws ProblemError `consent-policy-outdated` */
  async set(tenant: TenantContext, request: ConsentPolicyRequest): Promise<ConsentPolicy> {
    return this.unitOfWork.run(tenant, (tx) => this.changes.make(tx, request, { alone: true }));
  }
}
