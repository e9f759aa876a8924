import { type ActKind, ProblemError } from '@app/contracts';
import type { Tx } from '@app/database';
import type { Approval } from './approval';
import { ApprovalStore } from './approval.store';
import { payloadHash } from './payload-hash';

/** A proposal that another one approved. */
export type ApprovedProposal = Approval & { decision: NonNullable<Approval['decision']> };

/**
 * The approval of an act that is done later than it was approved, and elsewhere: by an operator who has the keys that it needs. What is
 * stored is hashed anew, so that nothing else is done than what both saw.
 * @throws ProblemError `not-found` for none of this kind, `approval-missing` while or since nobody approved it, `approval-changed`
 */
export async function approvedAct(tx: Tx, { id, kind }: { id: string; kind: ActKind }): Promise<ApprovedProposal> {
  const approval = await new ApprovalStore().find(tx, id);
  if (approval?.kind !== kind) throw new ProblemError('not-found');
  const { state, decision, proposedBy } = approval;
  if (state !== 'approved' || decision === null || decision.by.id === proposedBy.id) throw new ProblemError('approval-missing');
  if (payloadHash(tx.tenant.tenantId, kind, approval.payload) !== approval.payloadHash) throw new ProblemError('approval-changed');
  return { ...approval, decision };
}
