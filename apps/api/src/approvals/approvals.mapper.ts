import { type Approval, scopesToDecide, stateAt } from '@app/approvals';
import { ACT_NAMES, type ApprovalPage, type ApprovalView } from '@app/contracts';

/** A proposal as the API shows it. */
export function toApprovalView(approval: Approval): ApprovalView {
  const { id, kind, target, payload, payloadHash, changes, dryRun, reason, proposedBy, proposedAt, expiresAt, decision } = approval;
  return {
    ...{ id, kind, name: ACT_NAMES[kind], target, payload: { ...payload }, payloadHash, changes, reason },
    dryRun: dryRun?.found ?? null,
    state: stateAt(approval, new Date()),
    proposedBy,
    proposedAt: proposedAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
    decidedWith: [...scopesToDecide(kind)],
    decision: decision && { ...decision, at: decision.at.toISOString() },
  };
}

export function toApprovalPage({ items, next }: { items: readonly Approval[]; next: string | null }): ApprovalPage {
  return { items: items.map(toApprovalView), next };
}
