import { createHash } from 'node:crypto';
import type { Tx } from '@app/database';
import { type DueQuery, eraseBases, type Erased, type ErasureStamp, isVerificationHeld } from '@app/receipts';
import { Injectable } from '@nestjs/common';

const IS_OVER = `b.state in ('done', 'cancelled') and b.content_erased_at is null`;
const IS_HELD = `exists (select from verification_batch_row r join verification v on v.tenant_id = r.tenant_id and v.id = r.verification_id
  where r.tenant_id = b.tenant_id and r.batch_id = b.id and ${isVerificationHeld('v')})`;

/**
 * Empties batches that were started and are over: cells as they were given, references, elements, and the name of the table. What came of
 * each row stays, and so do the verifications, which have a period of their own.
 */
@Injectable()
export class BatchErasure {
  /** Batches that ended before; a row under a legal hold keeps the whole batch. */
  async dueBatches(tx: Tx, { before, limit }: DueQuery): Promise<string[]> {
    const rows = await tx.manager.query<{ id: string }[]>(
      `select b.id from verification_batch b where b.tenant_id = $1 and ${IS_OVER} and coalesce(b.finished_at, b.created_at) < $2
       and not ${IS_HELD} order by b.id limit $3`,
      [tx.tenant.tenantId, before, limit],
    );
    return rows.map(({ id }) => id);
  }

  async eraseContent(tx: Tx, ids: readonly string[], { at, rule }: ErasureStamp): Promise<Erased[]> {
    const erased: Erased[] = [];
    for (const id of ids) {
      const values = [tx.tenant.tenantId, id];
      const [batch] = await tx.manager.query<{ name: Buffer | null }[]>(
        `select b.file_name_sealed as name from verification_batch b where b.tenant_id = $1 and b.id = $2 and ${IS_OVER} for update`,
        values,
      );
      if (batch === undefined) continue;
      const rows = await tx.manager.query<{ sealed: Buffer | null }[]>(
        'select content_sealed as sealed from verification_batch_row where tenant_id = $1 and batch_id = $2 order by number',
        values,
      );
      const hash = createHash('sha256').update(batch.name ?? '');
      for (const { sealed } of rows) hash.update('\n').update(sealed ?? '');
      await tx.manager.query('update verification_batch_row set content_sealed = null where tenant_id = $1 and batch_id = $2', values);
      await tx.manager.query(
        'update verification_batch set file_name_sealed = null, content_erased_at = $3, content_erased_by = $4 where tenant_id = $1 and id = $2',
        [...values, at, rule],
      );
      await eraseBases(tx, 'verificationBatch', [id]);
      erased.push({ recordType: 'batch', recordId: id, sha256: hash.digest('hex'), objectKeys: [] });
    }
    return erased;
  }
}
