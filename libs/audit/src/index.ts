export * from './audit-action';
export * from './audit-entry.entity';
export * from './audit-log';
export * from './audit.module';
export { readOf } from './personal-read';
export type { AuditQuestion } from './trail/audit-question';
export { AuditTrail, MOST_EXPORTED } from './trail/audit-trail';
export { ENTRY_COLUMNS, type RecordedEntry } from './trail/recorded-entry';
