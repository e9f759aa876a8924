import type { LocalizedText } from '@app/contracts';
import type { RemovalRecord } from './export-record';
import type { Finding } from './finding';

/** What a verification found, and over what it looked. */
export interface Verdict {
  /** The first record that does not hold; null when all do. */
  finding: Finding | null;
  /** What a reader must know beside that: what was not looked at, or not proven. */
  notices: LocalizedText[];
  covered: Coverage;
}

/** Segments that outlived their time. */
export type RemovedRange = Pick<RemovalRecord, 'firstSegment' | 'lastSegment' | 'entries' | 'lastSealedAt' | 'retentionDays' | 'removedAt'>;

/** What was read and holds, up to the finding when there is one. */
export interface Coverage {
  /** Null: the chain over all tenants. */
  tenantId: string | null;
  /** Numbers of the first and last segment, or link. */
  first: number | null;
  last: number | null;
  /** Sealed entries that were checked. */
  entries: number;
  /** Entries that waited for their seal when the export was written: nothing proves them. */
  unsealed: number;
  /** Ids of the keys that signed, each with the first number that it signed. */
  keys: { id: string; from: number }[];
  lastSealedAt: string | null;
  /** What is gone from the beginning, by which rule and when; each is signed. */
  removals: readonly RemovedRange[];
}
