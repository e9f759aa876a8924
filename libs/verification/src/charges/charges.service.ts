import type { ChargeSummary, ChargeSummaryQuery } from '@app/contracts';
import { type TenantContext, UnitOfWork } from '@app/database';
import { Injectable } from '@nestjs/common';
import type { ChargeEntry } from './charge.entity';
import { addSums, NO_CALLS, shownSums } from './charge-sums';
import { ChargeStore } from './charge.store';
import { CostReadModel } from './cost.read-model';
import type { Settlement } from './settlement/settlement';
import { SettlementStore } from './settlement/settlement.store';

/** One row of the cost ledger, with the settlement that closed its unknown charge. */
export interface LedgerRow {
  entry: ChargeEntry;
  settlement: Settlement | null;
}

/** The tenant's cost ledger, to look at. */
@Injectable()
export class Charges {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly store: ChargeStore,
    private readonly settlements: SettlementStore,
    private readonly costs: CostReadModel,
  ) {}

  /** At most `limit` rows, newest first, and the `before` of the following page. */
  async page(
    tenant: TenantContext,
    page: { limit: number; before?: string | undefined },
  ): Promise<{ items: LedgerRow[]; next: string | null }> {
    return this.unitOfWork.run(tenant, async (tx) => {
      const rows = await this.store.page(tx, { ...page, limit: page.limit + 1 });
      const entries = rows.slice(0, page.limit);
      const ids = entries.map(({ attemptId }) => attemptId);
      const settlements = await this.settlements.ofAttempts(tx, ids);
      const items = entries.map((entry) => ({ entry, settlement: settlements.get(entry.attemptId) ?? null }));
      return { items, next: rows.length > page.limit ? (ids.at(-1) ?? null) : null };
    });
  }

  /** What the calls of some days came to. */
  async summary(tenant: TenantContext, query: ChargeSummaryQuery): Promise<ChargeSummary> {
    const sums = await this.unitOfWork.run(tenant, (tx) => this.costs.sums(tx, query));
    return {
      ...query,
      rows: [...sums].map(([key, row]) => ({ key, ...shownSums(row) })),
      total: shownSums([...sums.values()].reduce(addSums, NO_CALLS)),
    };
  }
}
