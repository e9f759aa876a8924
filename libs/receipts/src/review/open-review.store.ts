import type { Tx } from '@app/database';
import { Injectable } from '@nestjs/common';

/** How long a review that was opened stands for the purpose of looking at the pages. Opened anew it stands as long again. */
export const REVIEW_HOURS = 4;

/**
 * Which receipts somebody has open for review. A review is no lock: two may look at the same receipt, and the version of a correction
 * settles who was first.
 */
@Injectable()
export class OpenReviewStore {
  /** The caller's review of a receipt, opened or held open; with it go the caller's that have ended, so that the table holds a day's work. */
  async open(tx: Tx, receiptId: string, now = new Date()): Promise<void> {
    const { tenantId, actor } = tx.tenant;
    await tx.manager.query('delete from receipt_review where tenant_id = $1 and reviewer = $2 and open_until < $3 and receipt_id <> $4', [
      ...[tenantId, actor.id, now, receiptId],
    ]);
    await tx.manager.query(
      `insert into receipt_review (tenant_id, reviewer, receipt_id, open_until) values ($1, $2, $3, $4)
       on conflict (tenant_id, reviewer, receipt_id) do update set open_until = excluded.open_until`,
      [tenantId, actor.id, receiptId, new Date(now.getTime() + REVIEW_HOURS * 3_600_000)],
    );
  }

  /** Whether the caller has the receipt open for review. */
  async isOpen(tx: Tx, receiptId: string, now = new Date()): Promise<boolean> {
    const rows = await tx.manager.query<object[]>(
      'select 1 from receipt_review where tenant_id = $1 and reviewer = $2 and receipt_id = $3 and open_until >= $4',
      [tx.tenant.tenantId, tx.tenant.actor.id, receiptId, now],
    );
    return rows.length > 0;
  }
}
