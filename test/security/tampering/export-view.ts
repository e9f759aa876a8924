import { hash } from 'node:crypto';
import type { Random } from '@app/samples';

/** A segment's record as an export has it; only what mutations change is named. */
export interface SegmentView {
  number: number;
  firstSequence: number;
  lastSequence: number;
  entries: number;
  root: string;
  previousHash: string;
  sealedBelow: string;
  sealedAt: string;
  suite: 'standard' | 'sm';
  hash: string;
  linkHash: string;
  keyId: string;
  previousKeyId: string | null;
  signature: string;
  leaves: string;
}
export interface EntryView {
  sequence: number;
  fields: Record<string, string>;
}
/** A record and where it stands: `at` counts from 0. */
export type Placed<T> = T & { at: number };

/** An export as mutations take it apart. */
export class ExportView {
  readonly segments: Placed<SegmentView>[] = [];
  readonly entries: (Placed<EntryView> & { segment: Placed<SegmentView> })[] = [];
  readonly unsealed: Placed<{ fields: Record<string, string> }>[] = [];

  constructor(readonly lines: readonly string[]) {
    for (const [at, line] of lines.entries()) {
      const record = JSON.parse(line) as { type: string };
      if (record.type === 'segment') this.segments.push({ ...(record as never as SegmentView), at });
      if (record.type === 'unsealed') this.unsealed.push({ ...(record as never as { fields: Record<string, string> }), at });
      const segment = this.segments.at(-1);
      if (record.type === 'entry' && segment !== undefined) this.entries.push({ ...(record as never as EntryView), at, segment });
    }
  }

  /** The lines of a segment with its entries: from, and up to but without. */
  block(index: number): [from: number, to: number] {
    const segment = this.segments[index]!;
    return [segment.at, segment.at + 1 + segment.entries];
  }

  with(at: number, ...lines: string[]): string[] {
    return this.lines.toSpliced(at, 1, ...lines);
  }
}

export const oneOf = <T>(chance: Random, choices: readonly T[]): T => choices[chance.int(0, choices.length - 1)]!;

/** A line with one thing changed. */
export function changed(line: string, change: (record: never) => void): string {
  const record = JSON.parse(line) as never;
  change(record);
  return JSON.stringify(record);
}

/** The last record made anew, as somebody would who knows the format: counts and digest then agree with what was spoilt. */
export function withRenewedEnd(lines: readonly string[]): string[] {
  const body = lines.slice(0, -1);
  const counts: Record<string, number> = { segment: 0, link: 0, entry: 0, unsealed: 0 };
  let digest = '';
  for (const line of body) {
    const type = /^\{"type":"([a-z]+)"/.exec(line)?.[1] ?? '';
    counts[type] = (counts[type] ?? 0) + 1;
    digest = hash('sha256', digest + line);
  }
  const { segment = 0, link = 0, entry: entries, unsealed } = counts;
  return [...body, JSON.stringify({ type: 'end', segments: segment + link, entries, unsealed, digest })];
}
