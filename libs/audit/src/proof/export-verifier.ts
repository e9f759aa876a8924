import { AUDIT_SUITES } from './audit-suite';
import { endFault } from './end-fault';
import { EntryCheck } from './entry-check';
import {
  type EndRecord,
  type EntryRecord,
  type ExportRecord,
  type HeaderRecord,
  type LinkRecord,
  readRecord,
  type RemovalRecord,
  type SegmentRecord,
} from './export-record';
import { exportHead } from './export-head';
import { type Finding, finding, type FindingCode, type FindingPlace } from './finding';
import type { HeldAgainst, RecordBefore } from './held-against';
import { KnownAnchors } from './known-anchors';
import { KnownKeys } from './known-keys';
import { linkFault } from './link-fault';
import { noticesOf } from './notices';
import { RemovalCheck } from './removal-check';
import { RunningDigest } from './running-digest';
import { segmentFault } from './segment-fault';
import { unsealedFault } from './unsealed-fault';
import type { Coverage, Verdict } from './verdict';
import type { Witnesses } from './witnesses';

/** Where a finding is of the file, and of no segment or entry. */
const NOWHERE = { segment: null, sequence: null, entryId: null };

/**
 * Checks an export line by line, in memory that does not grow with it, and keeps the first record that does not hold. Once one was found,
 * further lines are read only as far as they tell what happened to it.
 */
export class ExportVerifier {
  private line = 0;
  private header: HeaderRecord | null = null;
  private keys = new KnownKeys([]);
  private anchors = new KnownAnchors([], null);
  private removed = new RemovalCheck('', this.keys);
  private entries: EntryCheck | null = null;
  private segment: SegmentRecord | null = null;
  private last: RecordBefore | null = null;
  private end: EndRecord | null = null;
  private found: Finding | null = null;
  /** Tells from further lines what the finding is; null once they can say no more. */
  private asking: ((record: ExportRecord) => void) | null = null;
  private readonly digest = new RunningDigest();
  private readonly counts = { segments: 0, entries: 0, unsealed: 0 };
  private readonly usedKeys: Coverage['keys'] = [];

  constructor(private readonly witnesses: Witnesses = {}) {}

  /** Whether nothing that follows can change what was found. */
  get isDecided(): boolean {
    return this.found !== null && this.asking === null;
  }

  accept(text: string, isEnded: boolean): void {
    this.line += 1;
    if (this.isDecided) return;
    const record = readRecord(text);
    if (this.found !== null) {
      if (record !== null) this.asking?.(record);
      return;
    }
    if (record === null) {
      this.find(isEnded ? 'line-unreadable' : 'file-truncated', this.placeOfNext());
      return;
    }
    this.check(record);
    if (record.type !== 'end') this.digest.add(text);
  }

  /** To be called once, when all lines were given. */
  verdict(): Verdict {
    if (this.found === null && this.end === null) {
      this.line += 1;
      this.find('file-truncated', this.placeOfNext());
    }
    return {
      finding: this.found,
      notices: noticesOf(this.header, this.witnesses, this.covered(), this.anchors.furthest),
      covered: this.covered(),
    };
  }

  private covered(): Coverage {
    return {
      tenantId: this.header?.tenantId ?? null,
      first: this.last === null ? null : (this.header?.first ?? null),
      last: this.last?.number ?? null,
      entries: this.counts.entries,
      unsealed: this.counts.unsealed,
      keys: this.usedKeys,
      lastSealedAt: this.segment?.sealedAt ?? null,
      removals: this.removed.covered,
    };
  }

  private check(record: ExportRecord): void {
    if (this.end !== null) {
      this.find('record-misplaced', NOWHERE);
      return;
    }
    if (this.header === null) {
      this.begin(record);
      return;
    }
    if (record.type === 'entry') {
      this.checkEntry(record);
      return;
    }
    const fault = this.entries?.outcome() ?? null;
    if (fault !== null) {
      this.find(fault.code, { segment: this.last?.number ?? null, ...fault });
      return;
    }
    switch (record.type) {
      case 'removal':
        this.checkRemoval(this.header, record);
        break;
      case 'segment':
        this.checkSegment(this.header, record);
        break;
      case 'link':
        this.checkLink(this.header, record);
        break;
      case 'unsealed':
        this.checkUnsealed(this.header, record.fields);
        break;
      case 'end':
        this.checkEnd(this.header, record);
        break;
      case 'header':
        this.find('record-misplaced', NOWHERE);
    }
  }

  private begin(record: ExportRecord): void {
    const head = exportHead(record, this.witnesses);
    if (head === null) {
      this.find('header-wrong', NOWHERE);
      return;
    }
    this.header = head.header;
    this.keys = head.keys;
    if (head.forged !== null) {
      const { line, anchor } = head.forged;
      this.line = line;
      this.find('anchor-altered', { segment: anchor.number, sequence: anchor.sequence, entryId: null });
      return;
    }
    this.anchors = head.anchors;
    this.removed = head.removed;
  }

  private checkRemoval(header: HeaderRecord, removal: RemovalRecord): void {
    const place = { segment: removal.firstSegment, sequence: removal.firstSequence, entryId: null };
    if (header.tenantId === null || this.last !== null || this.counts.unsealed > 0) {
      this.find('record-misplaced', place);
      return;
    }
    const fault =
      this.removed.accept(removal) ?? (this.anchors.contradict(removal.lastSegment, removal.lastHash) ? 'anchor-differs' : null);
    if (fault !== null) this.find(fault, place);
  }

  private checkSegment(header: HeaderRecord, segment: SegmentRecord): void {
    const { number } = segment;
    const expected = this.last === null ? (header.first ?? 1) : this.last.number + 1;
    const place = { segment: number, sequence: segment.firstSequence, entryId: null };
    if (header.tenantId === null || this.counts.unsealed > 0) {
      this.find('record-misplaced', place);
      return;
    }
    if (number !== expected) {
      this.missSegment(number, expected);
      return;
    }
    const begins = this.last === null ? this.removed.begins(segment, header.beginsLater === true) : null;
    if (begins === 'head-cut') {
      const next = (this.removed.last?.lastSegment ?? 0) + 1;
      this.find(begins, { segment: next, sequence: (this.removed.last?.lastSequence ?? 0) + 1, entryId: null });
      return;
    }
    const fault = segmentFault(header.tenantId, segment, this.held()) ?? begins;
    if (fault !== null) {
      this.find(fault, place);
      return;
    }
    this.entries = new EntryCheck(AUDIT_SUITES[segment.suite], segment, Buffer.from(segment.leaves, 'base64'));
    this.segment = segment;
    this.hold(number, segment.hash, segment.keyId, segment.lastSequence);
  }

  private checkLink(header: HeaderRecord, link: LinkRecord): void {
    const { number } = link;
    const expected = this.last === null ? (header.first ?? 1) : this.last.number + 1;
    if (header.tenantId !== null) {
      this.find('record-misplaced', { ...NOWHERE, segment: number });
      return;
    }
    if (number !== expected) {
      this.missSegment(number, expected);
      return;
    }
    const fault = linkFault(link, this.held());
    if (fault === null) this.hold(number, link.hash, link.keyId, 0);
    else this.find(fault, { ...NOWHERE, segment: number });
  }

  private held(): HeldAgainst {
    const { last, keys, anchors } = this;
    return { last, keys, anchors };
  }

  private hold(number: number, hash: string, keyId: string | null, lastSequence: number): void {
    this.last = { number, hash, keyId, lastSequence };
    this.counts.segments += 1;
    if (keyId !== null && !this.usedKeys.some(({ id }) => id === keyId)) this.usedKeys.push({ id: keyId, from: number });
  }

  /** A segment of another number than the next. It was moved when the next one still comes. */
  private missSegment(number: number, expected: number): void {
    const place = { segment: expected, sequence: this.last === null ? null : this.last.lastSequence + 1, entryId: null };
    if (number < expected) {
      this.find('record-misplaced', { ...place, segment: number, sequence: null });
      return;
    }
    this.find('segment-missing', place, (record) => {
      if ((record.type === 'segment' || record.type === 'link') && record.number === expected) this.find('segment-moved', place);
    });
  }

  private checkEntry(entry: EntryRecord): void {
    const { entries } = this;
    const segment = this.last?.number ?? null;
    // The record before a segment's entries is the segment: where it is gone, its entries stand alone, or behind those of another one.
    if (entries === null || this.counts.unsealed > 0 || (entries.isComplete && entry.sequence === entries.expected)) {
      this.missSegmentOf(entry);
      return;
    }
    if (entries.accept(entry)) {
      this.counts.entries += 1;
      return;
    }
    const fault = entries.outcome();
    if (fault === null) return;
    this.find(fault.code, { segment, ...fault }, (record) => {
      if (record.type !== 'entry') {
        this.asking = null;
        return;
      }
      entries.accept(record);
      const told = entries.outcome();
      if (told !== null && told.code !== fault.code) this.find(told.code, { segment, ...told });
    });
  }

  /** An entry beyond its segment: put in, or its own segment's record was taken out. The next segment's number tells. */
  private missSegmentOf({ sequence, fields }: EntryRecord): void {
    const next = (this.last?.number ?? (this.header?.first ?? 1) - 1) + 1;
    this.find('segment-missing', { segment: next, sequence, entryId: null }, (record) => {
      if (record.type === 'entry') return;
      // At the end the header tells whether a segment was still to come.
      const isInserted = record.type === 'segment' ? record.number === next : this.header?.last === this.last?.number;
      if (isInserted) this.find('entry-inserted', { segment: this.last?.number ?? null, sequence, entryId: fields.id ?? null });
      this.asking = null;
    });
  }

  private checkUnsealed(header: HeaderRecord, fields: Readonly<Record<string, string>>): void {
    const fault = unsealedFault(header, this.segment, fields);
    if (fault === null) this.counts.unsealed += 1;
    else this.find(fault, { ...NOWHERE, entryId: fields.id ?? null });
  }

  private checkEnd(header: HeaderRecord, end: EndRecord): void {
    const { last, counts, anchors, removed } = this;
    this.end = end;
    const read = { last: last?.number ?? null, counts, digest: this.digest.value(), furthest: anchors.furthest };
    const fault = endFault(header, end, { ...read, hasRemovals: removed.last !== null });
    if (fault === null) return;
    const beyond = { segment: (last?.number ?? 0) + 1, sequence: last === null ? null : last.lastSequence + 1, entryId: null };
    this.find(fault, fault === 'tail-cut' ? beyond : NOWHERE);
  }

  private placeOfNext(): Omit<FindingPlace, 'line'> {
    const segment = this.last?.number ?? null;
    return { segment, sequence: this.entries?.isComplete === false ? this.entries.expected : null, entryId: null };
  }

  /** `asking` tells later what it was, at the place where it was seen. */
  private find(code: FindingCode, place: Omit<FindingPlace, 'line'>, asking: ((record: ExportRecord) => void) | null = null): void {
    const { segment, sequence, entryId } = place;
    this.found = finding(code, { line: this.found?.line ?? this.line, segment, sequence, entryId });
    this.asking = asking;
  }
}
