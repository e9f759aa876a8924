import { type Actor, requestUnderWay, type Tx } from '@app/database';
import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import type { AuditAction } from './audit-action';
import type { AuditDetail, AuditOutcome } from './audit-entry.entity';

/** What happened to what. Who, for whom, from where and when come from the transaction. */
export interface AuditRecord {
  action: AuditAction;
  targetType: string;
  targetId: string;
  detail?: AuditDetail;
  /** `success` unless told. */
  outcome?: AuditOutcome;
}

/** Appends to the audit in the caller's transaction: no change without its record, no record without its change. */
@Injectable()
export class AuditLog {
  /** Rejects when the entry cannot be written; the caller lets it, and with it the whole transaction, fail. */
  async append(tx: Tx, record: AuditRecord): Promise<void> {
    await this.appendAll(tx, [record]);
  }

  /** The same for several entries, in their order and in one statement. */
  async appendAll(tx: Tx, records: readonly AuditRecord[]): Promise<void> {
    const { tenantId, actor, origin = requestUnderWay.getStore() } = tx.tenant;
    if (records.length === 0) return;
    const where = [origin?.requestId ?? null, origin?.clientAddress ?? null, origin?.userAgent ?? null];
    const values = records.flatMap(({ action, targetType, targetId, detail = {}, outcome = 'success' }) => {
      const what = [uuidv7(), tenantId, action, actor.type, actor.id, actor.name, targetType, targetId, JSON.stringify(detail)];
      return [...what, outcome, rolesOf(actor), ...where];
    });
    await tx.manager.query(insertOf(records.length), values);
  }
}

const COLUMNS = [
  ...['id', 'tenant_id', 'action', 'actor_type', 'actor_id', 'actor_name', 'target_type', 'target_id', 'detail'],
  ...['outcome', 'actor_roles', 'request_id', 'client_address', 'user_agent'],
];

function rolesOf({ roles }: Actor): string | null {
  return roles === undefined ? null : [...roles].sort().join(',');
}

/** In SQL, since nothing is written more often: each verification has three entries. By its first words the api knows a refused entry. */
function insertOf(entries: number): string {
  const rows = Array.from({ length: entries }, (_, entry) => {
    return `(${COLUMNS.map((_column, index) => `$${entry * COLUMNS.length + index + 1}`).join(', ')})`;
  });
  return `insert into "audit_entry" (${COLUMNS.join(', ')}) values ${rows.join(', ')}`;
}
