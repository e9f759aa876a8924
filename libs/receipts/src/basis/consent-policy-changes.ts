import type { ApprovedBy } from '@app/approvals';
import { AuditLog } from '@app/audit';
import { type ActChange, type ConsentPolicyRequest, ProblemError } from '@app/contracts';
import { serialize, type Tx } from '@app/database';
import { Injectable } from '@nestjs/common';
import type { ConsentPolicy } from './consent-policy';
import { ConsentPolicyStore } from './consent-policy.store';

const TERMS = ['demandsReference', 'defaultReference', 'defaultPurpose'] as const;

/** Whose word a change is: a proposer's and an approver's, or an operator's who is alone. */
export type ConsentAuthority = ApprovedBy | { alone: true };

/** Changes of a tenant's policy of consent, within the transaction of whoever makes them. */
@Injectable()
export class ConsentPolicyChanges {
  constructor(
    private readonly store: ConsentPolicyStore,
    private readonly audit: AuditLog,
  ) {}

  /** What the request would change. @throws ProblemError `consent-policy-outdated` when another version stands than the caller saw */
  async differences(tx: Tx, request: ConsentPolicyRequest): Promise<ActChange[]> {
    const standing = await this.standing(tx, request);
    return TERMS.filter((field) => standing[field] !== request[field]).map((field) => ({
      field,
      before: shown(standing[field]),
      after: shown(request[field]),
    }));
  }

  /** Sets it. The same terms again are the version that stands. @throws ProblemError `consent-policy-outdated` */
  async make(tx: Tx, request: ConsentPolicyRequest, authority: ConsentAuthority): Promise<ConsentPolicy> {
    await serialize(tx, 'consent-policy');
    const standing = await this.standing(tx, request);
    if (TERMS.every((field) => standing[field] === request[field])) return standing;
    const { demandsReference, defaultReference, defaultPurpose } = request;
    const terms = { demandsReference, defaultReference, defaultPurpose };
    const { id, name } = tx.tenant.actor;
    const policy = { ...terms, version: standing.version + 1, setBy: { id, name }, setAt: new Date() };
    await this.store.insert(tx, policy);
    const by = 'alone' in authority ? authority : { approvalId: authority.approvalId, proposedBy: authority.proposedBy };
    await this.audit.append(tx, {
      action: 'consentPolicy.set',
      targetType: 'tenant',
      targetId: tx.tenant.tenantId,
      detail: { version: policy.version, ...terms, ...by },
    });
    return policy;
  }

  private async standing(tx: Tx, { basedOn }: ConsentPolicyRequest): Promise<ConsentPolicy> {
    const standing = await this.store.stored(tx);
    if (standing.version !== basedOn) throw new ProblemError('consent-policy-outdated');
    return standing;
  }
}

const shown = (value: string | boolean | null): string | null => (value === null ? null : String(value));
