import type { ApprovedBy, DangerousAct } from '@app/approvals';
import { AuditLog } from '@app/audit';
import { type ActChange, ConsentPolicyRequest } from '@app/contracts';
import type { Tx } from '@app/database';
import { Injectable } from '@nestjs/common';
import { ConsentPolicyChanges } from './consent-policy-changes';
import { ConsentPolicyStore } from './consent-policy.store';

/** Sets the policy of consent once two persons want it: without a demand, people's data is processed on nobody's word but the bank's. */
@Injectable()
export class ConsentPolicySetAct implements DangerousAct<ConsentPolicyRequest> {
  readonly kind = 'consentPolicy.set' as const;
  readonly payload = ConsentPolicyRequest;

  constructor(private readonly policies: ConsentPolicyChanges) {}

  /** The act without a module, for the command line. */
  static forOperator(): ConsentPolicySetAct {
    return new ConsentPolicySetAct(new ConsentPolicyChanges(new ConsentPolicyStore(), new AuditLog()));
  }

  /** @throws ProblemError `consent-policy-outdated` */
  changes(tx: Tx, request: ConsentPolicyRequest): Promise<ActChange[]> {
    return this.policies.differences(tx, request);
  }

  /** @throws ProblemError `consent-policy-outdated` when another one was set meanwhile */
  async perform(tx: Tx, request: ConsentPolicyRequest, approved: ApprovedBy): Promise<void> {
    await this.policies.make(tx, request, approved);
  }
}
