import type { Tx } from '@app/database';
import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import type { AuditAction } from './audit-action';
import { type AuditDetail, AuditEntry } from './audit-entry.entity';

/** What happened to what. Who, for whom and when come from the transaction. */
export interface AuditRecord {
  action: AuditAction;
  targetType: string;
  targetId: string;
  detail?: AuditDetail;
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
    const { tenantId, actor } = tx.tenant;
    const rows = records.map((record) => ({
      id: uuidv7(),
      tenantId,
      action: record.action,
      actorType: actor.type,
      actorId: actor.id,
      actorName: actor.name,
      targetType: record.targetType,
      targetId: record.targetId,
      detail: record.detail ?? {},
    }));
    await tx.manager.insert(AuditEntry, rows);
  }
}
