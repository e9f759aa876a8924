import type { ChargeSums } from '@app/contracts';
import type { Actor, UnitOfWork } from '@app/database';
import { addSums, NO_CALLS, shownSums, type Sums } from './charge-sums';
import type { CostReadModel } from './cost.read-model';
import type { TenantDirectory } from './tenant-directory';

/** Days of Asia/Shanghai, both included. */
export interface OverviewQuery {
  from: string;
  to: string;
  by: 'tenant' | 'provider' | 'day';
}

/** What calls came to over all tenants. */
export interface Overview extends OverviewQuery {
  rows: (ChargeSums & { key: string })[];
  total: ChargeSums;
}

/** The cost of all tenants, for the operator. */
export class CostOverview {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly tenants: TenantDirectory,
    private readonly costs: CostReadModel,
  ) {}

  /** A row's key is a tenant's name, a provider or a day; tenants without any call are shown, days without are not. */
  async overview(actor: Actor, query: OverviewQuery): Promise<Overview> {
    const rows = new Map<string, Sums>();
    for (const { id, name } of await this.tenants.all()) {
      const by = query.by === 'tenant' ? 'provider' : query.by;
      const sums = await this.unitOfWork.run({ tenantId: id, actor }, (tx) => this.costs.sums(tx, { ...query, by }));
      if (query.by === 'tenant') rows.set(name, [...sums.values()].reduce(addSums, NO_CALLS));
      else for (const [key, row] of sums) rows.set(key, addSums(rows.get(key) ?? NO_CALLS, row));
    }
    return {
      ...query,
      rows: [...rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, row]) => ({ key, ...shownSums(row) })),
      total: shownSums([...rows.values()].reduce(addSums, NO_CALLS)),
    };
  }
}
