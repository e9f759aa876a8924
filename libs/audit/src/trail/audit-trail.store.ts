import type { Tx } from '@app/database';
import { Injectable } from '@nestjs/common';
import { type AuditPlace, type AuditQuestion, conditionOf } from './audit-question';
import { ENTRY_COLUMNS, type RecordedEntry } from './recorded-entry';

/** Questions to the audit. Each is a range of one index, see the migration that made them. */
@Injectable()
export class AuditTrailStore {
  async page(tx: Tx, question: AuditQuestion, { limit, after }: { limit: number; after: AuditPlace | null }): Promise<RecordedEntry[]> {
    const { condition, values } = conditionOf(tx.tenant.tenantId, question, after);
    return tx.manager.query(
      `select ${ENTRY_COLUMNS} from audit_entry where ${condition} order by recorded_at desc, id desc limit ${limit}`,
      values,
    );
  }

  /** How many there are, counted up to `most` + 1. */
  async count(tx: Tx, question: AuditQuestion, most: number): Promise<number> {
    const { condition, values } = conditionOf(tx.tenant.tenantId, question, null);
    const [row] = await tx.manager.query<{ count: number }[]>(
      `select count(*)::int as count from (select 1 from audit_entry where ${condition} limit ${most + 1}) as found`,
      values,
    );
    return row?.count ?? 0;
  }

  /** The time by the database's clock, as entries have it. */
  async now(tx: Tx): Promise<string> {
    const [row] = await tx.manager.query<{ now: string }[]>(
      `select to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as now`,
    );
    return row?.now ?? new Date().toISOString();
  }
}
