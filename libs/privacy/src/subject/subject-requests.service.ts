import type { Proposal } from '@app/approvals';
import { AuditLog } from '@app/audit';
import { ProblemError, type SubjectErasureProposal, type SubjectErasureRequest, type SubjectRequestOrder } from '@app/contracts';
import { type TenantContext, type Tx, UnitOfWork } from '@app/database';
import { JobQueue } from '@app/queue';
import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { Clock } from '../retention/clock';
import { dueDay } from './due-day';
import type { SubjectRequest, SubjectRequestHead } from './subject-request';
import { SubjectRequestStore } from './subject-request.store';

/**
 * Requests of persons whose data a tenant holds (PIPL 44, 45, 47): opened, answered and closed by people, while a worker searches, exports and
 * erases. The audit never holds the name that was looked for.
 */
@Injectable()
export class SubjectRequests {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly store: SubjectRequestStore,
    private readonly jobs: JobQueue,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** A worker begins to search at once. */
  async open(tenant: TenantContext, { kind, reference, purpose, payer, payerCode }: SubjectRequestOrder): Promise<SubjectRequest> {
    const openedAt = this.clock.now();
    const by = payer === undefined ? 'payerCode' : 'payer';
    const { id: actorId, name } = tenant.actor;
    const request: SubjectRequest = {
      ...{ id: uuidv7(), kind, state: 'searching', by, reference, purpose, openedBy: { id: actorId, name }, openedAt },
      ...{ dueOn: dueDay(openedAt), found: null, exports: [], exportedAt: null, approvalId: null },
      ...{ erased: null, held: null, leftOver: null, closed: null },
    };
    return this.unitOfWork.run(tenant, async (tx) => {
      await this.store.insert(tx, request, { by, text: payer ?? payerCode ?? '' });
      await this.goOn(tx, request.id);
      await this.record(tx, 'subject.open', request, { kind, by, reference, purpose, dueOn: request.dueOn });
      return request;
    });
  }

  /** @throws ProblemError `not-found` */
  async get(tenant: TenantContext, id: string): Promise<SubjectRequest> {
    return this.unitOfWork.run(tenant, async (tx) => known(await this.store.find(tx, id)));
  }

  /** At most `limit` requests, newest first, and the `before` of the following page. */
  async page(
    tenant: TenantContext,
    page: { limit: number; before?: string | undefined },
  ): Promise<{ items: SubjectRequestHead[]; next: string | null }> {
    const rows = await this.unitOfWork.run(tenant, (tx) => this.store.page(tx, { ...page, limit: page.limit + 1 }));
    const items = rows.slice(0, page.limit);
    return { items, next: rows.length > page.limit ? (items.at(-1)?.id ?? null) : null };
  }

  /** Searches again: what is found may be of days ago. @throws ProblemError `not-found`, `subject-request-state` */
  async searchAgain(tenant: TenantContext, id: string): Promise<SubjectRequest> {
    return this.move(tenant, id, async (tx, request) => {
      assertState(request, 'found');
      await this.store.setState(tx, id, 'searching');
      await this.record(tx, 'subject.find', request, { again: true });
    });
  }

  /** Has a copy of what was found made. @throws ProblemError `not-found`, `subject-request-state` */
  async export(tenant: TenantContext, id: string): Promise<SubjectRequest> {
    return this.move(tenant, id, async (tx, request) => {
      assertState(request, 'found');
      if (request.kind === 'erasure') throw new ProblemError('subject-request-state');
      await this.store.setState(tx, id, 'exporting');
      await this.record(tx, 'subject.export', request, { stage: 'asked', foundHash: request.found?.hash ?? null });
    });
  }

  /**
   * What a second person is to approve, bound to what was looked at.
   * @throws ProblemError `not-found`, `subject-request-state`, `approval-outdated` when something else was found than the caller saw
   */
  async erasureOf(tenant: TenantContext, id: string, { foundHash, reason }: SubjectErasureRequest): Promise<Proposal> {
    const { kind, state, found, reference } = await this.get(tenant, id);
    if (kind !== 'erasure' || state !== 'found' || found === null) throw new ProblemError('subject-request-state');
    if (found.hash !== foundHash) throw new ProblemError('approval-outdated');
    const counts = { receipts: found.receipts.length, verifications: found.verifications.length };
    const payload: SubjectErasureProposal = { requestId: id, reference, ...counts, foundHash };
    return { kind: 'subject.erase', payload, target: { type: 'subject', id }, reason };
  }

  /**
   * Ends a request that was answered, or is refused; the name goes. A worker that is still searching or exporting for it ends without a result.
   * @throws ProblemError `not-found`, `subject-request-state` while it erases, which two persons decided
   */
  async close(tenant: TenantContext, id: string, reason: string): Promise<SubjectRequest> {
    return this.unitOfWork.run(tenant, async (tx) => {
      const request = known(await this.store.lock(tx, id));
      assertState(request, 'searching', 'found', 'exporting', 'exported', 'done', 'failed');
      const closed = { by: { id: tenant.actor.id, name: tenant.actor.name }, at: this.clock.now(), reason };
      await this.store.close(tx, id, closed);
      await this.record(tx, 'subject.close', request, { from: request.state, reason });
      return { ...request, state: 'closed', closed };
    });
  }

  private async move(
    tenant: TenantContext,
    id: string,
    change: (tx: Tx, request: SubjectRequest) => Promise<void>,
  ): Promise<SubjectRequest> {
    return this.unitOfWork.run(tenant, async (tx) => {
      await change(tx, known(await this.store.lock(tx, id)));
      await this.goOn(tx, id);
      return known(await this.store.find(tx, id));
    });
  }

  private goOn(tx: Tx, requestId: string): Promise<void> {
    return this.jobs.enqueue(tx, 'subject.handle', { tenantId: tx.tenant.tenantId, requestId });
  }

  private record(
    tx: Tx,
    action: 'subject.open' | 'subject.find' | 'subject.export' | 'subject.close',
    { id }: SubjectRequest,
    detail: Record<string, string | boolean | null>,
  ): Promise<void> {
    return this.audit.append(tx, { action, targetType: 'subject', targetId: id, detail });
  }
}

function known(request: SubjectRequest | null): SubjectRequest {
  if (request === null) throw new ProblemError('not-found');
  return request;
}

function assertState({ state }: SubjectRequest, ...allowed: SubjectRequest['state'][]): void {
  if (!allowed.includes(state)) throw new ProblemError('subject-request-state');
}
