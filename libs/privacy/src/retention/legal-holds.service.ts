import { AuditLog } from '@app/audit';
import { type LegalHoldRequest, ProblemError } from '@app/contracts';
import { serialize, type TenantContext, UnitOfWork } from '@app/database';
import { HOLD_WORDS } from '@app/receipts';
import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { Clock } from './clock';
import type { LegalHold } from './legal-hold';
import { LegalHoldStore } from './legal-hold.store';

/** Places and releases legal holds. */
@Injectable()
export class LegalHolds {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly store: LegalHoldStore,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** @throws ProblemError `not-found` for a bill or receipt that the tenant does not have */
  async place(tenant: TenantContext, { targetType, targetId, reason }: LegalHoldRequest): Promise<LegalHold> {
    return this.unitOfWork.run(tenant, async (tx) => {
      // Whatever is being erased now is marked before this stands, or is not erased at all.
      await serialize(tx, HOLD_WORDS);
      if (!(await this.store.hasTarget(tx, { targetType, targetId }))) throw new ProblemError('not-found');
      const { id, name } = tenant.actor;
      const hold = { id: uuidv7(), targetType, targetId, reason, placedBy: { id, name }, placedAt: this.clock.now(), released: null };
      await this.store.insert(tx, hold);
      await this.audit.append(tx, { action: 'hold.place', targetType, targetId, detail: { hold: hold.id, reason } });
      return hold;
    });
  }

  /** @throws ProblemError `not-found`, `hold-released` */
  async release(tenant: TenantContext, id: string, reason: string): Promise<LegalHold> {
    return this.unitOfWork.run(tenant, async (tx) => {
      const hold = await this.store.lock(tx, id);
      if (hold === null) throw new ProblemError('not-found');
      if (hold.released !== null) throw new ProblemError('hold-released');
      const released = { by: { id: tenant.actor.id, name: tenant.actor.name }, at: this.clock.now(), reason };
      await this.store.release(tx, id, released);
      const { targetType, targetId } = hold;
      await this.audit.append(tx, { action: 'hold.release', targetType, targetId, detail: { hold: id, reason } });
      return { ...hold, released };
    });
  }

  /** At most `limit` holds, newest first, and the `before` of the following page. */
  async page(
    tenant: TenantContext,
    page: { limit: number; before?: string | undefined },
  ): Promise<{ items: LegalHold[]; next: string | null }> {
    const rows = await this.unitOfWork.run(tenant, (tx) => this.store.page(tx, { ...page, limit: page.limit + 1 }));
    const items = rows.slice(0, page.limit);
    return { items, next: rows.length > page.limit ? (items.at(-1)?.id ?? null) : null };
  }
}
