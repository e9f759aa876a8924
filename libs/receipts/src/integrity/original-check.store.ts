import type { OriginalFault } from '@app/contracts';
import type { Tx } from '@app/database';
import { Injectable } from '@nestjs/common';

/** Queries of the check of originals: what is due, what was found, and the runs, one row a tenant and day. */
@Injectable()
export class OriginalCheckStore {
  /** Originals that were found wrong before and not looked at since, to see whether they were restored. */
  async faulty(tx: Tx, before: Date, limit: number): Promise<string[]> {
    return this.ids(tx, 'original_fault is not null', before, limit);
  }

  /** Originals whose last check, or arrival, was before; the longest ago first. */
  async stale(tx: Tx, before: Date, limit: number): Promise<string[]> {
    return this.ids(tx, 'true', before, limit);
  }

  /** The last check of an original was now, with what it found wrong, and since when; null where it is sound. */
  async note(tx: Tx, id: string, { at, fault, since }: { at: Date; fault: OriginalFault | null; since: Date | null }): Promise<void> {
    await tx.manager.query(
      `update receipt set original_checked_at = $3, original_fault = $4, original_fault_at = $5 where tenant_id = $1 and id = $2`,
      [tx.tenant.tenantId, id, at, fault, since],
    );
  }

  /** False when the tenant's run of the day was begun already. */
  async begin(tx: Tx, day: string, at: Date): Promise<boolean> {
    const rows = await tx.manager.query<unknown[]>(
      `insert into original_check_run (tenant_id, day, checked, faulty, started_at) values ($1, $2, 0, 0, $3)
       on conflict do nothing returning day`,
      [tx.tenant.tenantId, day, at],
    );
    return rows.length > 0;
  }

  async add(
    tx: Tx,
    day: string,
    { checked, faulty, finishedAt }: { checked: number; faulty: number; finishedAt: Date | null },
  ): Promise<void> {
    await tx.manager.query(
      `update original_check_run set checked = checked + $3, faulty = faulty + $4, finished_at = $5 where tenant_id = $1 and day = $2`,
      [tx.tenant.tenantId, day, checked, faulty, finishedAt],
    );
  }

  private async ids(tx: Tx, condition: string, before: Date, limit: number): Promise<string[]> {
    const rows = await tx.manager.query<{ id: string }[]>(
      `select id from receipt where tenant_id = $1 and original_erased_at is null and original_checked_at < $2 and ${condition}
       order by original_checked_at, id limit $3`,
      [tx.tenant.tenantId, before, limit],
    );
    return rows.map(({ id }) => id);
  }
}
