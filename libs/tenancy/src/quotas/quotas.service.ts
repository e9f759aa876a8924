import { QuotaKind, type QuotasView } from '@app/contracts';
import { type TenantContext, type Tx, UnitOfWork } from '@app/database';
import { Injectable } from '@nestjs/common';
import { freeAt } from './quota-period';
import { quotaProblem } from './quota-problem';
import { QuotaStore } from './quota.store';

/** What an upload uses up. */
export interface UploadUse {
  byteSize: number;
}

/**
 * Keeps a tenant within what its operator allows. Uses are counted in the transaction of what uses them, also where there is no bound, so that
 * one that is set at noon counts the morning.
 */
@Injectable()
export class Quotas {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly store: QuotaStore,
  ) {}

  /**
   * Refuses an upload for which there is surely no room, before any of its bytes is taken; nothing is counted yet.
   * @throws ProblemError `quota-exceeded`, `storage-quota-exceeded`
   */
  async assertRoomForUpload(tenant: TenantContext, at = new Date()): Promise<void> {
    await this.unitOfWork.run(tenant, async (tx) => {
      const { limits } = await this.store.rules(tx);
      for (const kind of ['uploadsPerDay', 'storedBytes', 'waitingReceipts'] as const) {
        const limit = limits[kind];
        if (limit === null) continue;
        const used = kind === 'waitingReceipts' ? await this.store.waiting(tx, limit) : await this.store.used(tx, kind, at);
        if (used >= limit) throw quotaProblem(kind, limit, at);
      }
    });
  }

  /**
   * Counts an upload whose receipt this transaction has added. The count is held until the transaction ends: uploads of a tenant that end
   * together are counted one after the other, and none too many.
   * @throws ProblemError `quota-exceeded`, `storage-quota-exceeded`; the transaction is then to be undone
   */
  async useForUpload(tx: Tx, { byteSize }: UploadUse, at = new Date()): Promise<void> {
    const { limits } = await this.store.rules(tx);
    await this.use(tx, 'uploadsPerDay', { amount: 1, limit: limits.uploadsPerDay }, at);
    await this.use(tx, 'storedBytes', { amount: byteSize, limit: limits.storedBytes }, at);
    const { waitingReceipts: limit } = limits;
    if (limit !== null && (await this.store.waiting(tx, limit)) > limit) throw quotaProblem('waitingReceipts', limit, at);
  }

  /** @throws ProblemError `quota-exceeded` */
  async useForExport(tx: Tx, at = new Date()): Promise<void> {
    const { limits } = await this.store.rules(tx);
    await this.use(tx, 'exportsPerDay', { amount: 1, limit: limits.exportsPerDay }, at);
  }

  /** What is used of each quota. */
  async standing(tenant: TenantContext, at = new Date()): Promise<QuotasView> {
    return this.unitOfWork.run(tenant, async (tx) => {
      const { version, limits, setAt } = await this.store.rules(tx);
      const states: [QuotaKind, QuotasView['quotas'][QuotaKind]][] = [];
      for (const kind of QuotaKind.options) {
        const used = await this.store.used(tx, kind, at);
        states.push([kind, { limit: limits[kind], used, freeAt: freeAt(kind, at)?.toISOString() ?? null }]);
      }
      return { version, quotas: Object.fromEntries(states) as QuotasView['quotas'], setAt: setAt?.toISOString() ?? null };
    });
  }

  private async use(tx: Tx, kind: QuotaKind, { amount, limit }: { amount: number; limit: number | null }, at: Date): Promise<void> {
    const used = await this.store.add(tx, kind, amount, at);
    if (limit !== null && used > limit) throw quotaProblem(kind, limit, at);
  }
}
