import type { KnownAnchors } from './known-anchors';
import type { KnownKeys } from './known-keys';

/** The record of a chain that the next one continues. */
export interface RecordBefore {
  number: number;
  hash: string;
  keyId: string | null;
  /** 0 in the chain over all tenants, whose records have no entries. */
  lastSequence: number;
}

/** What a record of a chain is held against. */
export interface HeldAgainst {
  /** Null for the first record of the export. */
  last: RecordBefore | null;
  keys: KnownKeys;
  anchors: KnownAnchors;
}
