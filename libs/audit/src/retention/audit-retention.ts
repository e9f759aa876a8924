import type { Tx } from '@app/database';

/** Whole segments of a tenant that are older than entries must be kept. */
export interface Removable {
  segments: number;
  entries: number;
  /** Number of the first and of the last one; null where there is none. */
  firstSegment: number | null;
  lastSegment: number | null;
  /** Whether a legal hold of the tenant keeps them all the same. */
  isHeld: boolean;
}

/** Of one removal: more are the next one's. Bounds what is looked through and held in memory at once. */
export const MOST_SEGMENTS = 20_000;

/** When segments may go. */
export interface RetentionRule {
  /** After how many days. */
  days: number;
  /** Whether only what the bank's SIEM has received may go. */
  isForwarded?: boolean;
}

/**
 * What of the audit has outlived its time. Only whole segments from the beginning count, that are sealed and signed and whose time of
 * sealing, which is after that of each of their entries, is past: what is not proven yet is never old enough, and the last one is always
 * kept. A hold keeps one bill or receipt, and any entry may speak of it: so it keeps the tenant's whole audit.
 */
export class AuditRetention {
  async removable({ manager, tenant }: Tx, { days, isForwarded = false }: RetentionRule): Promise<Removable> {
    const [row] = await manager.query<Row[]>(
      `with kept as (
         select coalesce((select max(last_segment) from audit_removal where tenant_id = $1), 0) + 1 as first,
                coalesce((select max(segment) from audit_signature where tenant_id = $1), 0) as head),
       young as (
         select g.number from audit_segment g, kept where g.tenant_id = $1 and g.number >= kept.first
           and g.sealed_at >= clock_timestamp() - make_interval(days => $2) order by g.number limit 1),
       received as (
         select coalesce(max(g.number), 0) as last from kept
           join audit_segment g on g.tenant_id = $1 and g.number >= kept.first and g.number < kept.first + $3
           join audit_forwarding f on f.tenant_id = $1 and f.transaction_id >= g.sealed_below
         where $4),
       old as (
         select kept.first, least(coalesce((select number from young), kept.head) - 1, kept.head - 1, kept.first + $3 - 1,
           case when $4 then received.last end) as last from kept, received)
       select count(g.number)::int as segments, coalesce(sum(g.entries), 0)::int as entries,
         min(g.number)::text as first, max(g.number)::text as last,
         exists (select from legal_hold h where h.tenant_id = $1 and h.released_at is null) as held
       from old left join audit_segment g on g.tenant_id = $1 and g.number >= old.first and g.number <= old.last`,
      [tenant.tenantId, days, MOST_SEGMENTS, isForwarded],
    );
    const { segments, entries, first, last, held } = row ?? { segments: 0, entries: 0, first: null, last: null, held: true };
    return { segments, entries, firstSegment: numberOf(first), lastSegment: numberOf(last), isHeld: held };
  }
}

interface Row {
  segments: number;
  entries: number;
  first: string | null;
  last: string | null;
  held: boolean;
}

const numberOf = (text: string | null): number | null => (text === null ? null : Number(text));
