import { AuditLog } from '@app/audit';
import { type ApprovalDecision, type ApprovalQuery, ProblemError } from '@app/contracts';
import { type TenantContext, type Tx, UnitOfWork } from '@app/database';
import { type Authentication } from '@app/tenancy';
import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { ACT_SCOPES, scopesToDecide } from './act-scopes';
import { type Approval, type Proposal, stateAt } from './approval';
import { ApprovalStore } from './approval.store';
import { DangerousActs } from './dangerous-acts';
import { payloadHash } from './payload-hash';

const DAY_MS = 86_400_000;

/** How long a proposal stays open. */
export interface ApprovalTerms {
  days: number;
}

/** Four eyes: what one person proposed happens when another one approves it, exactly as it was proposed, or not at all. */
@Injectable()
export class Approvals {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly store: ApprovalStore,
    private readonly acts: DangerousActs,
    private readonly audit: AuditLog,
    private readonly terms: ApprovalTerms,
  ) {}

  /**
   * Proposes an act; nothing happens yet. The same proposal again is the one that is open already, whoever makes it.
   * @throws ProblemError when the act could not be done as things stand
   */
  async propose(tenant: TenantContext, proposal: Proposal): Promise<Approval> {
    return this.unitOfWork.run(tenant, (tx) => this.proposeIn(tx, proposal));
  }

  /** The same within a transaction. */
  async proposeIn(tx: Tx, proposal: Proposal): Promise<Approval> {
    const act = this.acts.get(proposal.kind);
    const payload = act.payload.parse(proposal.payload);
    const hash = payloadHash(tx.tenant.tenantId, proposal.kind, payload);
    await this.store.holdProposal(tx, hash);
    const now = new Date();
    const open = await this.store.findOpen(tx, hash, now);
    if (open !== null) return open;
    const approval = this.newApproval(
      tx,
      { ...proposal, payload },
      {
        payloadHash: hash,
        changes: (await act.changes?.(tx, payload)) ?? [],
        persons: await this.personsBehind(tx),
        proposedAt: now,
      },
    );
    await this.store.insert(tx, approval);
    await this.record(tx, 'approval.propose', approval, { reason: approval.reason, expiresAt: approval.expiresAt.toISOString() });
    return approval;
  }

  async page(tenant: TenantContext, query: ApprovalQuery): Promise<{ items: Approval[]; next: string | null }> {
    return this.unitOfWork.run(tenant, async (tx) => {
      const found = await this.store.page(tx, { ...query, limit: query.limit + 1 }, new Date());
      const items = found.slice(0, query.limit);
      return { items, next: found.length > items.length ? (items.at(-1)?.id ?? null) : null };
    });
  }

  /** @throws ProblemError `not-found` */
  async get(tenant: TenantContext, id: string): Promise<Approval> {
    return this.unitOfWork.run(tenant, async (tx) => this.known(await this.store.find(tx, id)));
  }

  /**
   * A person's decision. Approving does the act: decision, act and their audit entries are one transaction.
   * @throws ProblemError `approval-needs-person`, `approval-own`, `forbidden` without the act's own scope, `approval-closed`,
   *   `approval-expired`, `approval-changed`, `approval-right-lost`, and whatever the act says when it can no longer be done
   */
  async decide(decider: Authentication, id: string, decision: ApprovalDecision): Promise<Approval> {
    const { tenant } = decider;
    return this.unitOfWork.run(tenant, async (tx) => {
      const approval = this.known(await this.store.lock(tx, id));
      assertMayDecide(decider, approval);
      return this.decideIn(tx, approval, decision, false);
    });
  }

  /**
   * The decision of an operator who is alone, which the audit marks. For the command line, which asks first whether there are persons.
   * @throws ProblemError as `decide`
   */
  async decideAlone(tenant: TenantContext, id: string, decision: ApprovalDecision): Promise<Approval> {
    return this.unitOfWork.run(tenant, async (tx) => {
      const approval = this.known(await this.store.lock(tx, id));
      if (isSame(approval.proposedBy, tenant.actor)) throw new ProblemError('approval-own');
      return this.decideIn(tx, approval, decision, true);
    });
  }

  /** Takes the own proposal back. @throws ProblemError `not-found`, `forbidden` for another one's, `approval-closed` */
  async withdraw(tenant: TenantContext, id: string): Promise<Approval> {
    return this.unitOfWork.run(tenant, async (tx) => {
      const approval = this.known(await this.store.lock(tx, id));
      if (!isSame(approval.proposedBy, tenant.actor)) throw new ProblemError('forbidden');
      if (approval.state !== 'open') throw new ProblemError('approval-closed');
      const withdrawn = await this.close(tx, approval, 'withdrawn', null);
      await this.record(tx, 'approval.withdraw', withdrawn, {});
      return withdrawn;
    });
  }

  private async decideIn(tx: Tx, approval: Approval, { decision, payloadHash: seen, reason }: ApprovalDecision, alone: boolean) {
    assertOpen(approval, tx.tenant.tenantId, seen);
    const isApproved = decision === 'approve';
    if (isApproved && (await this.store.hasLostRight(tx, approval, ACT_SCOPES[approval.kind].propose)))
      throw new ProblemError('approval-right-lost');
    const decided = await this.close(tx, approval, isApproved ? 'approved' : 'rejected', reason);
    // First the decision: whatever the act does afterwards fails with it or stands with it.
    await this.record(tx, isApproved ? 'approval.approve' : 'approval.reject', decided, { reason, ...(alone && { alone }) });
    if (isApproved) await this.perform(tx, decided);
    return decided;
  }

  private async perform(tx: Tx, { id, kind, payload, proposedBy }: Approval): Promise<void> {
    const act = this.acts.get(kind);
    const approved = { approvalId: id, proposedBy: proposedBy.id, approvedBy: tx.tenant.actor.id };
    await act.perform(tx, act.payload.parse(payload), approved);
  }

  private async close(tx: Tx, approval: Approval, state: Approval['state'], reason: string | null): Promise<Approval> {
    const closed: Approval = { ...approval, state, decision: { by: tx.tenant.actor, reason, at: new Date() } };
    await this.store.close(tx, closed);
    return closed;
  }

  private newApproval(
    { tenant }: Tx,
    proposal: Proposal,
    more: Pick<Approval, 'payloadHash' | 'changes' | 'persons' | 'proposedAt'>,
  ): Approval {
    const expiresAt = new Date(more.proposedAt.getTime() + this.terms.days * DAY_MS);
    return { ...proposal, ...more, id: uuidv7(), state: 'open', proposedBy: tenant.actor, expiresAt, decision: null };
  }

  private async personsBehind(tx: Tx): Promise<string[]> {
    const { actor } = tx.tenant;
    if (actor.type === 'user') return [actor.id];
    return actor.type === 'apiKey' ? this.store.handlersOfKey(tx, actor.id) : [];
  }

  private known(approval: Approval | null): Approval {
    if (approval === null) throw new ProblemError('not-found');
    return approval;
  }

  private record(
    tx: Tx,
    action: 'approval.propose' | 'approval.approve' | 'approval.reject' | 'approval.withdraw',
    { id, kind, target, payloadHash: hash, proposedBy }: Approval,
    more: Record<string, string | boolean | null>,
  ): Promise<void> {
    return this.audit.append(tx, {
      action,
      targetType: 'approval',
      targetId: id,
      detail: { kind, actTargetType: target.type, actTargetId: target.id, payloadHash: hash, proposedBy: proposedBy.id, ...more },
    });
  }
}

function assertMayDecide({ method, tenant: { actor }, scopes }: Authentication, approval: Approval): void {
  if (method !== 'session' || actor.type !== 'user') throw new ProblemError('approval-needs-person');
  if (isSame(approval.proposedBy, actor) || approval.persons.includes(actor.id)) throw new ProblemError('approval-own');
  if (scopesToDecide(approval.kind).some((scope) => !scopes.has(scope))) throw new ProblemError('forbidden');
}

/** The stored payload is hashed anew: a row that somebody changed behind our back is not what the proposer and the decider saw. */
function assertOpen(approval: Approval, tenantId: string, seen: string): void {
  const state = stateAt(approval, new Date());
  if (state === 'expired') throw new ProblemError('approval-expired');
  if (state !== 'open') throw new ProblemError('approval-closed');
  const stored = payloadHash(tenantId, approval.kind, approval.payload);
  if (seen !== approval.payloadHash || stored !== approval.payloadHash) throw new ProblemError('approval-changed');
}

function isSame(one: TenantContext['actor'], other: TenantContext['actor']): boolean {
  return one.type === other.type && one.id === other.id;
}
