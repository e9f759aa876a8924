import type { Tx } from '@app/database';

/** Whole segments of a tenant that are older than entries must be kept. */
export interface Removable {
  segments: number;
  entries: number;
  /** Number of the last one; null where there is none. */
  lastSegment: string | null;
}

/**
 * What of the audit has outlived its time. Only whole segments that are sealed and signed count, by the time of their sealing, which is
 * after that of each of their entries: what is not proven yet is never old enough. Nothing is removed here.
 */
export class AuditRetention {
  async removable(tx: Tx, retentionDays: number): Promise<Removable> {
    const [row] = await tx.manager.query<Removable[]>(
      `select count(*)::int as segments, coalesce(sum(g.entries), 0)::int as entries, max(g.number)::text as "lastSegment"
       from audit_segment g join audit_signature s on s.tenant_id = g.tenant_id and s.segment = g.number
       where g.tenant_id = $1 and g.sealed_at < clock_timestamp() - make_interval(days => $2)`,
      [tx.tenant.tenantId, retentionDays],
    );
    return row ?? { segments: 0, entries: 0, lastSegment: null };
  }
}
