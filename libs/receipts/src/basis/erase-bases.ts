import type { Tx } from '@app/database';
import type { BasisTarget } from './processing-bases';

/** Removes the bases that were given for these, with what is erased of them. */
export async function eraseBases(tx: Tx, targetType: BasisTarget, ids: readonly string[]): Promise<void> {
  await tx.manager.query('delete from processing_basis where tenant_id = $1 and target_type = $2 and target_id = any($3::uuid[])', [
    tx.tenant.tenantId,
    targetType,
    ids,
  ]);
}

/** Removes what was given for an archive of which no document is left that is not erased. */
export async function eraseBasisOfEmptied(tx: Tx, batchId: string): Promise<void> {
  await tx.manager.query(
    `delete from processing_basis b where b.tenant_id = $1 and b.target_type = 'batch' and b.target_id = $2
     and not exists (select from receipt r where r.tenant_id = $1 and r.batch_id = $2
       and r.personal_erased_at is null and not (r.state = 'failed' and r.original_erased_at is not null))`,
    [tx.tenant.tenantId, batchId],
  );
}
