import type { AuditSigner, FindingCode, Witnesses } from '@app/audit';
import type { Random } from '@app/samples';
import type { ExportView } from './export-view';

/** What the verifier must say: one of these codes, and the place as far as it is given. */
export interface Expected {
  codes: readonly FindingCode[];
  /** From 1. */
  line?: number;
  segment?: number;
  sequence?: number;
  entryId?: string;
}

/** A spoilt export. */
export interface Spoilt {
  lines: string[];
  expected: Expected;
  /** Instead of the trusted keys alone. */
  witnesses?: Witnesses;
  /** Bytes instead of lines, where a line was cut. */
  text?: string;
  /** Leave the last record as it was: it is what must show the change. */
  keepsEnd?: true;
}

/** What a mutation may use beside the export. */
export interface Tools {
  chance: Random;
  /** The other tenant's export. */
  other: ExportView;
  /** That of a tenant whose older segments were removed by rule. */
  aged: ExportView;
  foreign: AuditSigner;
  anchored: Witnesses;
  /** Numbers of segments that are anchored. */
  anchorNumbers: readonly number[];
}

/** One way of spoiling an export; null where it does not apply to what was drawn. */
export type ExportMutation = (view: ExportView, tools: Tools) => Spoilt | null | Promise<Spoilt | null>;
