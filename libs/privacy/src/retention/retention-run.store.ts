import type { Tx } from '@app/database';
import { Injectable } from '@nestjs/common';

/** Queries of the runs: one row a tenant and day. */
@Injectable()
export class RetentionRunStore {
  /** False when the tenant's run of the day was begun already. */
  async begin(tx: Tx, day: string, at: Date): Promise<boolean> {
    const rows = await tx.manager.query<unknown[]>(
      `insert into retention_run (tenant_id, day, erased, started_at) values ($1, $2, 0, $3) on conflict do nothing returning day`,
      [tx.tenant.tenantId, day, at],
    );
    return rows.length > 0;
  }

  async add(tx: Tx, day: string, { erased, finishedAt }: { erased: number; finishedAt: Date | null }): Promise<void> {
    await tx.manager.query('update retention_run set erased = erased + $3, finished_at = $4 where tenant_id = $1 and day = $2', [
      ...[tx.tenant.tenantId, day, erased, finishedAt],
    ]);
  }
}
