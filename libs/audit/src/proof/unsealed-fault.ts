import type { HeaderRecord, SegmentRecord } from './export-record';
import type { FindingCode } from './finding';

/**
 * What is wrong with an entry that is said to wait for its seal, or null. Its transaction tells whether it may wait: what is older than what the
 * last segment sealed was put in later.
 */
export function unsealedFault(
  header: HeaderRecord,
  lastSegment: SegmentRecord | null,
  fields: Readonly<Record<string, string>>,
): FindingCode | null {
  const transaction = fields.transaction_id ?? '';
  if (fields.tenant_id !== header.tenantId || !/^\d{1,20}$/.test(transaction)) return 'line-unreadable';
  return BigInt(transaction) < BigInt(lastSegment?.sealedBelow ?? 0) ? 'entry-inserted' : null;
}
