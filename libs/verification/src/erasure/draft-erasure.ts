import { createHash } from 'node:crypto';
import type { Tx } from '@app/database';
import { type DueQuery, eraseBases, type Erased } from '@app/receipts';
import { Injectable } from '@nestjs/common';

/** Removes batches that were uploaded and never started: they cost nothing and say nothing, and may name people. */
@Injectable()
export class DraftErasure {
  async dueDrafts(tx: Tx, { before, limit }: DueQuery): Promise<string[]> {
    const rows = await tx.manager.query<{ id: string }[]>(
      `select id from verification_batch where tenant_id = $1 and state = 'draft' and created_at < $2 order by id limit $3`,
      [tx.tenant.tenantId, before, limit],
    );
    return rows.map(({ id }) => id);
  }

  async eraseDrafts(tx: Tx, ids: readonly string[]): Promise<Erased[]> {
    const erased: Erased[] = [];
    for (const id of ids) {
      const values = [tx.tenant.tenantId, id];
      const held = await tx.manager.query<unknown[]>(
        `select from verification_batch where tenant_id = $1 and id = $2 and state = 'draft' for update`,
        values,
      );
      if (held.length === 0) continue;
      const rows = await tx.manager.query<{ text: string }[]>(
        `select row_to_json(r)::text as text from verification_batch_row r where r.tenant_id = $1 and r.batch_id = $2 order by r.number`,
        values,
      );
      const hash = createHash('sha256');
      for (const { text } of rows) hash.update(text).update('\n');
      await tx.manager.query('delete from verification_batch_row where tenant_id = $1 and batch_id = $2', values);
      await eraseBases(tx, 'verificationBatch', [id]);
      await tx.manager.query('delete from verification_batch where tenant_id = $1 and id = $2', values);
      erased.push({ recordType: 'batch', recordId: id, sha256: hash.digest('hex'), objectKeys: [] });
    }
    return erased;
  }
}
