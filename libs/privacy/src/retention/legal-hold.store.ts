import type { Tx } from '@app/database';
import { Injectable } from '@nestjs/common';
import type { LegalHold } from './legal-hold';

interface HoldRow {
  id: string;
  targetType: LegalHold['targetType'];
  targetId: string;
  reason: string;
  placedBy: string;
  placedByName: string;
  placedAt: Date;
  releaseReason: string | null;
  releasedBy: string | null;
  releasedByName: string | null;
  releasedAt: Date | null;
}

const COLUMNS = `id, target_type as "targetType", target_id as "targetId", reason, placed_by as "placedBy", placed_by_name as "placedByName",
  placed_at as "placedAt", release_reason as "releaseReason", released_by as "releasedBy", released_by_name as "releasedByName",
  released_at as "releasedAt"`;

/** Queries of legal holds. */
@Injectable()
export class LegalHoldStore {
  async insert(tx: Tx, { id, targetType, targetId, reason, placedBy, placedAt }: LegalHold): Promise<void> {
    await tx.manager.query(
      `insert into legal_hold (tenant_id, id, target_type, target_id, reason, placed_by, placed_by_name, placed_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [tx.tenant.tenantId, id, targetType, targetId, reason, placedBy.id, placedBy.name, placedAt],
    );
  }

  /** The hold, kept from others until the transaction ends. */
  async lock(tx: Tx, id: string): Promise<LegalHold | null> {
    const rows = await this.select(tx, 'id = $2 for update', [id]);
    return rows[0] ?? null;
  }

  /** At most `limit` holds older than the one with the id `before`, newest first. */
  async page(tx: Tx, { limit, before }: { limit: number; before?: string | undefined }): Promise<LegalHold[]> {
    return this.select(tx, '($2::uuid is null or id < $2) order by id desc limit $3', [before ?? null, limit]);
  }

  async release(tx: Tx, id: string, { by, at, reason }: NonNullable<LegalHold['released']>): Promise<void> {
    await tx.manager.query(
      `update legal_hold set release_reason = $3, released_by = $4, released_by_name = $5, released_at = $6 where tenant_id = $1 and id = $2`,
      [tx.tenant.tenantId, id, reason, by.id, by.name, at],
    );
  }

  async countStanding(tx: Tx): Promise<number> {
    const [row] = await tx.manager.query<{ count: number }[]>(
      'select count(*)::int as count from legal_hold where tenant_id = $1 and released_at is null',
      [tx.tenant.tenantId],
    );
    return row?.count ?? 0;
  }

  /** Whether the tenant has such a bill or receipt. */
  async hasTarget(tx: Tx, { targetType, targetId }: Pick<LegalHold, 'targetType' | 'targetId'>): Promise<boolean> {
    const table = targetType === 'bill' ? 'bill' : 'receipt';
    const rows = await tx.manager.query<unknown[]>(`select from ${table} where tenant_id = $1 and id = $2`, [tx.tenant.tenantId, targetId]);
    return rows.length > 0;
  }

  private async select(tx: Tx, condition: string, values: readonly unknown[]): Promise<LegalHold[]> {
    const rows = await tx.manager.query<HoldRow[]>(`select ${COLUMNS} from legal_hold where tenant_id = $1 and ${condition}`, [
      tx.tenant.tenantId,
      ...values,
    ]);
    return rows.map(holdOf);
  }
}

function holdOf({ placedBy, placedByName, releaseReason, releasedBy, releasedByName, releasedAt, ...row }: HoldRow): LegalHold {
  const isReleased = releaseReason !== null && releasedBy !== null && releasedByName !== null && releasedAt !== null;
  return {
    ...row,
    placedBy: { id: placedBy, name: placedByName },
    released: isReleased ? { by: { id: releasedBy, name: releasedByName }, at: releasedAt, reason: releaseReason } : null,
  };
}
