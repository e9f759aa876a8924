import type { AuditRecord } from './audit-log';

/** Kinds of personal fields that were shown, parted by commas, and of a list how many rows. Never a value. */
export interface ReadDetail {
  kinds: string;
  rows?: number;
}

/**
 * That personal fields were shown: of one record, or of a list as one entry, whose target is then the list's name. It belongs into the
 * transaction that reads them, so that nothing is shown of which there is no entry.
 */
export function readOf(targetType: string, targetId: string, { kinds, rows }: ReadDetail): AuditRecord {
  return { action: 'personal.read', targetType, targetId, detail: { kinds, ...(rows !== undefined && { rows }) } };
}
