import { type ActKind, type ApprovalDecision, type ApprovalQuery } from '@app/contracts';
import type { TenantContext, UnitOfWork } from '@app/database';
import { scopesToDecide } from './act-scopes';
import type { Approval, Proposal } from './approval';
import type { Approvals } from './approvals.service';
import type { Deciders } from './deciders';

const PERSONS = 2;

/** A tenant has the persons that four eyes need: its operator no longer decides alone. */
export class PersonsDecideError extends Error {
  constructor() {
    super('this tenant has two users who may decide: let one of them do so in the console');
    this.name = 'PersonsDecideError';
  }
}

/** What an operator may do with proposals at the command line: decide alone, as long as a tenant has no two persons who could. */
export class OperatorApprovals {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly approvals: Approvals,
    private readonly deciders: Deciders,
  ) {}

  /** Whether the operator is still alone with acts of this kind. */
  async isAlone(tenant: TenantContext, kind: ActKind): Promise<boolean> {
    return (await this.unitOfWork.run(tenant, (tx) => this.deciders.count(tx, scopesToDecide(kind)))) < PERSONS;
  }

  /** Proposes as the operator; another operator or a person of the tenant decides. @throws ProblemError as `Approvals.propose` */
  propose(tenant: TenantContext, proposal: Proposal): Promise<Approval> {
    return this.approvals.propose(tenant, proposal);
  }

  page(tenant: TenantContext, query: ApprovalQuery): Promise<{ items: Approval[]; next: string | null }> {
    return this.approvals.page(tenant, query);
  }

  /** Decides what is shown as `id`. @throws PersonsDecideError, and ProblemError as `Approvals.decide` */
  async decide(tenant: TenantContext, id: string, { decision, reason }: Pick<ApprovalDecision, 'decision' | 'reason'>): Promise<Approval> {
    const { kind, payloadHash } = await this.approvals.get(tenant, id);
    if (!(await this.isAlone(tenant, kind))) throw new PersonsDecideError();
    return this.approvals.decideAlone(tenant, id, { decision, reason, payloadHash });
  }
}
