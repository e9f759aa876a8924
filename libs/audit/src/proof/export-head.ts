import type { ExportRecord, HeaderRecord } from './export-record';
import type { FindingCode } from './finding';
import { KnownAnchors, type PlacedAnchor } from './known-anchors';
import { KnownKeys } from './known-keys';
import { RemovalCheck } from './removal-check';
import type { Witnesses } from './witnesses';

/** What the first line says, and what all further lines are held against. */
export interface ExportHead {
  header: HeaderRecord;
  keys: KnownKeys;
  anchors: KnownAnchors;
  removed: RemovalCheck;
  /** An anchor of this chain that is not what its key signed; null where all are. */
  forged: PlacedAnchor | null;
}

/** Null where the first line is no header, or declares keys that are none. */
export function exportHead(record: ExportRecord, { publicKeys, anchors = [] }: Witnesses): ExportHead | null {
  const declared = record.type === 'header' ? KnownKeys.declaredIn(record) : null;
  if (record.type !== 'header' || declared === null) return null;
  const keys = publicKeys === undefined ? declared : new KnownKeys(publicKeys);
  const ofChain = anchors.filter(({ anchor }) => anchor.tenantId === record.tenantId);
  return {
    header: record,
    keys,
    anchors: new KnownAnchors(ofChain, record.tenantId),
    removed: new RemovalCheck(record.tenantId ?? '', keys),
    forged: ofChain.find(({ anchor }) => isForged(keys.examine(anchor), publicKeys === undefined)) ?? null,
  };
}

/** An anchor whose key only the export itself could tell is not judged: where it differs from the export, the export is to blame. */
function isForged(fault: FindingCode | null, isSelfDeclared: boolean): boolean {
  return fault !== null && !(isSelfDeclared && fault === 'segment-foreign-key');
}
