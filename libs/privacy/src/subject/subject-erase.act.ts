import type { ApprovedBy, DangerousAct } from '@app/approvals';
import { AuditLog } from '@app/audit';
import { type ActChange, ProblemError, SubjectErasureProposal } from '@app/contracts';
import type { Tx } from '@app/database';
import { JobQueue } from '@app/queue';
import { Injectable } from '@nestjs/common';
import { foundHash, type SubjectRequest } from './subject-request';
import { SubjectRequestStore } from './subject-request.store';

/** Erases a person's data once two persons want it: exactly what was found when it was proposed, by a worker. */
@Injectable()
export class SubjectEraseAct implements DangerousAct<SubjectErasureProposal> {
  readonly kind = 'subject.erase' as const;
  readonly payload = SubjectErasureProposal;

  constructor(
    private readonly store: SubjectRequestStore,
    private readonly jobs: JobQueue,
    private readonly audit: AuditLog,
  ) {}

  /** @throws ProblemError `not-found`, `approval-outdated` */
  async changes(tx: Tx, proposal: SubjectErasureProposal): Promise<ActChange[]> {
    standing(await this.store.find(tx, proposal.requestId), proposal);
    const { receipts, verifications } = proposal;
    return Object.entries({ receipts, verifications }).map(([field, count]) => ({ field, before: count.toString(), after: '0' }));
  }

  /** @throws ProblemError `not-found`, `approval-outdated` when something else was found meanwhile, or the request has ended */
  async perform(tx: Tx, proposal: SubjectErasureProposal, { approvalId, proposedBy, approvedBy }: ApprovedBy): Promise<void> {
    const { requestId, receipts, verifications } = proposal;
    standing(await this.store.lock(tx, requestId), proposal);
    await this.store.setErasing(tx, requestId, approvalId);
    await this.jobs.enqueue(tx, 'subject.handle', { tenantId: tx.tenant.tenantId, requestId });
    const detail = {
      stage: 'approved',
      receipts,
      verifications,
      foundHash: proposal.foundHash,
      approval: approvalId,
      proposedBy,
      approvedBy,
    };
    await this.audit.append(tx, { action: 'subject.erase', targetType: 'subject', targetId: requestId, detail });
  }
}

/** The ids are hashed anew: a row that somebody changed behind our back is not what both saw. */
function standing(request: SubjectRequest | null, proposal: SubjectErasureProposal): void {
  if (request === null) throw new ProblemError('not-found');
  const { id, kind, state, found } = request;
  const isSame = found !== null && found.hash === proposal.foundHash && foundHash(id, found) === proposal.foundHash;
  if (kind !== 'erasure' || state !== 'found' || !isSame) throw new ProblemError('approval-outdated');
}
