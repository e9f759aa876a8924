import { QuotaKind, QuotaLimits } from '@app/contracts';
import type { Tx } from '@app/database';
import { Injectable } from '@nestjs/common';
import { periodOf } from './quota-period';

/** The bounds of a tenant at one time. Version 0 is none. */
export interface QuotaRules {
  version: number;
  limits: QuotaLimits;
  setAt: Date | null;
}

/** No bound on anything. */
export const NO_QUOTAS: QuotaRules = {
  version: 0,
  limits: { uploadsPerDay: null, storedBytes: null, waitingReceipts: null, exportsPerDay: null },
  setAt: null,
};

/** Queries of quotas. Versions of the bounds are added, never changed. */
@Injectable()
export class QuotaStore {
  async rules(tx: Tx): Promise<QuotaRules> {
    const [row] = await tx.manager.query<{ version: number; limits: unknown; setAt: Date }[]>(
      `select version, limits, set_at as "setAt" from tenant_quota where tenant_id = $1 order by version desc limit 1`,
      [tx.tenant.tenantId],
    );
    return row === undefined ? NO_QUOTAS : { ...row, limits: QuotaLimits.parse(row.limits) };
  }

  async insert(tx: Tx, { version, limits, setAt }: QuotaRules): Promise<void> {
    const { tenantId, actor } = tx.tenant;
    await tx.manager.query(
      'insert into tenant_quota (tenant_id, version, limits, set_by, set_by_name, set_at) values ($1, $2, $3, $4, $5, $6)',
      [tenantId, version, JSON.stringify(limits), actor.id, actor.name, setAt],
    );
  }

  /** Adds to what is used and answers what it is then. Other uses of the same tenant wait until the transaction ends, those of others do not. */
  async add(tx: Tx, kind: QuotaKind, amount: number, at: Date): Promise<number> {
    const [row] = await tx.manager.query<{ used: string }[]>(
      `insert into quota_use (tenant_id, kind, period, used) values ($1, $2, $3, $4)
       on conflict (tenant_id, kind, period) do update set used = quota_use.used + excluded.used returning used`,
      [tx.tenant.tenantId, kind, periodOf(kind, at), amount],
    );
    return Number(row?.used ?? amount);
  }

  async give(tx: Tx, kind: QuotaKind, amount: number, at: Date): Promise<void> {
    await tx.manager.query(
      'update quota_use set used = greatest(0, used - $4::bigint) where tenant_id = $1 and kind = $2 and period = $3',
      [tx.tenant.tenantId, kind, periodOf(kind, at), amount],
    );
  }

  async used(tx: Tx, kind: QuotaKind, at: Date): Promise<number> {
    if (kind === 'waitingReceipts') return this.waiting(tx);
    const [row] = await tx.manager.query<{ used: string }[]>(
      'select used from quota_use where tenant_id = $1 and kind = $2 and period = $3',
      [tx.tenant.tenantId, kind, periodOf(kind, at)],
    );
    return Number(row?.used ?? 0);
  }

  /** Receipts that wait to be read; with a bound, no more than one beyond it are counted. */
  async waiting(tx: Tx, bound: number | null = null): Promise<number> {
    const [row] = await tx.manager.query<{ count: string }[]>(
      `select count(*) as count from (select 1 from receipt where tenant_id = $1 and state = 'queued' limit $2) waiting`,
      [tx.tenant.tenantId, bound === null ? null : bound + 1],
    );
    return Number(row?.count ?? 0);
  }
}
