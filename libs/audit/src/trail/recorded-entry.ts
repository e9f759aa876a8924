import type { AuditDetail, AuditOutcome } from '../audit-entry.entity';

/** An entry as it is shown and handed on: every column, and the time as text, since a Date would cut its microseconds. */
export interface RecordedEntry {
  id: string;
  tenantId: string;
  /** ISO 8601 in UTC, to the microsecond. */
  recordedAt: string;
  /** Number of the transaction that wrote it: entries were committed in whole transactions. */
  transactionId: string;
  action: string;
  outcome: AuditOutcome;
  actorType: string;
  actorId: string;
  actorName: string;
  actorRoles: string | null;
  targetType: string;
  targetId: string;
  requestId: string | null;
  clientAddress: string | null;
  userAgent: string | null;
  detail: AuditDetail;
}

/** The time of an entry as text. */
export const RECORDED_AT = `to_char(recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

/** The columns of `audit_entry` under the names of `RecordedEntry`. */
export const ENTRY_COLUMNS = `id, tenant_id as "tenantId", ${RECORDED_AT} as "recordedAt", transaction_id::text as "transactionId", action,
  outcome, actor_type as "actorType", actor_id as "actorId", actor_name as "actorName", actor_roles as "actorRoles",
  target_type as "targetType", target_id as "targetId", request_id as "requestId", client_address as "clientAddress",
  user_agent as "userAgent", detail`;
