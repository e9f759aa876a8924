import { type TenantContext, UnitOfWork } from '@app/database';
import { Injectable } from '@nestjs/common';
import type { ChargeEntry } from './charge.entity';
import { ChargeStore } from './charge.store';

/** The tenant's cost ledger, to look at. */
@Injectable()
export class Charges {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly store: ChargeStore,
  ) {}

  /** At most `limit` rows, newest first, and the `before` of the following page. */
  async page(
    tenant: TenantContext,
    page: { limit: number; before?: string | undefined },
  ): Promise<{ items: ChargeEntry[]; next: string | null }> {
    const rows = await this.unitOfWork.run(tenant, (tx) => this.store.page(tx, { ...page, limit: page.limit + 1 }));
    const items = rows.slice(0, page.limit);
    return { items, next: rows.length > page.limit ? (items.at(-1)?.attemptId ?? null) : null };
  }
}
