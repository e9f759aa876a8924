import type { EndRecord, HeaderRecord } from './export-record';
import type { FindingCode } from './finding';

/** What was read up to the last line. */
export interface ReadSoFar {
  /** Number of the last segment or link; null without any. */
  last: number | null;
  counts: { segments: number; entries: number; unsealed: number };
  digest: string;
  /** Number that the furthest anchor names; 0 without any. */
  furthest: number;
  /** Whether removals stand before the segments: behind each of them a segment is kept. */
  hasRemovals: boolean;
}

/** What is wrong with the end of an export, or null. */
export function endFault(
  header: HeaderRecord,
  end: EndRecord,
  { last, counts, digest, furthest, hasRemovals }: ReadSoFar,
): FindingCode | null {
  const isNothingLeft = last === null && hasRemovals && header.beginsLater !== true && !header.isPart;
  if (header.last !== last || isNothingLeft || (!header.isPart && furthest > (last ?? 0))) return 'tail-cut';
  const { segments, entries, unsealed } = counts;
  if (end.segments !== segments || end.entries !== entries || end.unsealed !== unsealed) return 'end-counts';
  return end.digest === digest ? null : 'end-digest';
}
