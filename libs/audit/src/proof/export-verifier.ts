import { AUDIT_SUITES } from './audit-suite';
import { EntryCheck } from './entry-check';
import {
  type EndRecord,
  type EntryRecord,
  type ExportRecord,
  type HeaderRecord,
  type LinkRecord,
  readRecord,
  type SegmentRecord,
} from './export-record';
import { type Finding, finding, type FindingCode, type FindingPlace } from './finding';
import { KnownAnchors } from './known-anchors';
import { KnownKeys } from './known-keys';
import { merkleRoot } from './merkle-tree';
import { noticesOf } from './notices';
import { RunningDigest } from './running-digest';
import { linkHash, segmentHash } from './segment';
import type { Coverage, Verdict } from './verdict';
import type { Witnesses } from './witnesses';

const HASH_BYTES = 32;

/**
 * Checks an export line by line, in memory that does not grow with it, and keeps the first record that does not hold. Once one was found,
 * further lines are read only as far as they tell what happened to it.
 */
export class ExportVerifier {
  private line = 0;
  private header: HeaderRecord | null = null;
  private keys = new KnownKeys([]);
  private anchors = new KnownAnchors([], null);
  private entries: EntryCheck | null = null;
  private segment: SegmentRecord | null = null;
  private last: { number: number; hash: string; keyId: string | null; lastSequence: number } | null = null;
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
    };
  }

  private check(record: ExportRecord): void {
    if (this.end !== null) {
      this.find('record-misplaced', { segment: null, sequence: null, entryId: null });
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
    if (record.type === 'segment') {
      this.checkSegment(this.header, record);
      return;
    }
    if (record.type === 'link') {
      this.checkLink(this.header, record);
      return;
    }
    if (record.type === 'unsealed') {
      this.checkUnsealed(this.header, record.fields);
      return;
    }
    if (record.type === 'end') {
      this.checkEnd(this.header, record);
      return;
    }
    this.find('record-misplaced', { segment: null, sequence: null, entryId: null });
  }

  private begin(record: ExportRecord): void {
    const nowhere = { segment: null, sequence: null, entryId: null };
    if (record.type !== 'header') {
      this.find('header-wrong', nowhere);
      return;
    }
    const declared = KnownKeys.declaredIn(record);
    if (declared === null) {
      this.find('header-wrong', nowhere);
      return;
    }
    const { publicKeys, anchors = [] } = this.witnesses;
    this.header = record;
    this.keys = publicKeys === undefined ? declared : new KnownKeys(publicKeys);
    const ofChain = anchors.filter(({ anchor }) => anchor.tenantId === record.tenantId);
    const forged = ofChain.find(({ anchor }) => isForged(this.keys.examine(anchor), publicKeys === undefined));
    if (forged !== undefined) {
      this.line = forged.line;
      this.find('anchor-altered', { segment: forged.anchor.number, sequence: forged.anchor.sequence, entryId: null });
      return;
    }
    this.anchors = new KnownAnchors(ofChain, record.tenantId);
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
    const fault = this.faultOf(header.tenantId, segment);
    if (fault !== null) {
      this.find(fault, place);
      return;
    }
    this.entries = new EntryCheck(AUDIT_SUITES[segment.suite], segment, Buffer.from(segment.leaves, 'base64'));
    this.segment = segment;
    this.hold(number, segment.hash, segment.keyId, segment.lastSequence);
  }

  private faultOf(tenantId: string, segment: SegmentRecord): FindingCode | null {
    const suite = AUDIT_SUITES[segment.suite];
    const root = Buffer.from(segment.root, 'hex');
    const content = { ...segment, tenantId, root, previousHash: Buffer.from(segment.previousHash, 'hex') };
    if (segmentHash(suite, content).toString('hex') !== segment.hash) return 'segment-altered';
    const { number, firstSequence, lastSequence, entries } = segment;
    const isFirst = number === 1;
    const follows = this.last === null ? isFirst === (segment.previousHash === '') : segment.previousHash === this.last.hash;
    const isInSequence = firstSequence === (this.last === null && !isFirst ? firstSequence : (this.last?.lastSequence ?? 0) + 1);
    if (!follows || !isInSequence || lastSequence - firstSequence + 1 !== entries) return 'segment-chain';
    const signature = this.keys.examine({ ...segment, segmentHash: segment.hash });
    if (signature !== null) return signature;
    const keyBefore = isFirst ? null : (this.last?.keyId ?? segment.previousKeyId);
    if (segment.previousKeyId !== keyBefore) return 'segment-key-change';
    if (!this.anchors.agreesWith({ ...segment, segmentHash: segment.hash })) return 'anchor-differs';
    const leaves = leavesOf(segment);
    return leaves !== null && merkleRoot(suite, leaves).equals(root) ? null : 'segment-root';
  }

  private checkLink(header: HeaderRecord, link: LinkRecord): void {
    const { number } = link;
    const expected = this.last === null ? (header.first ?? 1) : this.last.number + 1;
    const place = { segment: number, sequence: null, entryId: null };
    if (header.tenantId !== null) {
      this.find('record-misplaced', place);
      return;
    }
    if (number !== expected) {
      this.missSegment(number, expected);
      return;
    }
    const content = { ...link, segmentHash: Buffer.from(link.segmentHash, 'hex'), previousHash: Buffer.from(link.previousHash, 'hex') };
    if (linkHash(AUDIT_SUITES[link.suite], content).toString('hex') !== link.hash) {
      this.find('segment-altered', place);
      return;
    }
    const follows = this.last === null ? (number === 1) === (link.previousHash === '') : link.previousHash === this.last.hash;
    if (!follows) {
      this.find('segment-chain', place);
      return;
    }
    const signature = this.keys.examine({ ...link, linkHash: link.hash });
    if (signature !== null) {
      this.find(signature, place);
      return;
    }
    if (!this.anchors.agreesWith({ ...link, linkHash: link.hash })) {
      this.find('anchor-differs', place);
      return;
    }
    this.hold(number, link.hash, link.keyId, 0);
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
    if (entries === null || this.counts.unsealed > 0) {
      // The record before a segment's entries is the segment: where it is gone, its entries stand alone.
      this.missSegmentOf(entry);
      return;
    }
    if (entries.isComplete && entry.sequence === entries.expected) {
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

  /** Its transaction tells whether it may wait: what is older than what the last segment sealed was put in later. */
  private checkUnsealed(header: HeaderRecord, fields: Readonly<Record<string, string>>): void {
    const place = { segment: null, sequence: null, entryId: fields.id ?? null };
    const transaction = fields.transaction_id ?? '';
    if (fields.tenant_id !== header.tenantId || !/^\d{1,20}$/.test(transaction)) {
      this.find('line-unreadable', place);
      return;
    }
    if (BigInt(transaction) < BigInt(this.segment?.sealedBelow ?? 0)) {
      this.find('entry-inserted', place);
      return;
    }
    this.counts.unsealed += 1;
  }

  private checkEnd(header: HeaderRecord, end: EndRecord): void {
    const last = this.last?.number ?? null;
    const beyond = { segment: (last ?? 0) + 1, sequence: this.last === null ? null : this.last.lastSequence + 1, entryId: null };
    this.end = end;
    if (header.last !== last || (!header.isPart && this.anchors.furthest > (last ?? 0))) {
      this.find('tail-cut', beyond);
      return;
    }
    const { segments, entries, unsealed } = this.counts;
    const nowhere = { segment: null, sequence: null, entryId: null };
    if (end.segments !== segments || end.entries !== entries || end.unsealed !== unsealed) {
      this.find('end-counts', nowhere);
      return;
    }
    if (end.digest !== this.digest.value()) {
      this.find('end-digest', nowhere);
      return;
    }
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

/** An anchor whose key only the export itself could tell is not judged: where it differs from the export, the export is to blame. */
function isForged(fault: FindingCode | null, isSelfDeclared: boolean): boolean {
  return fault !== null && !(isSelfDeclared && fault === 'segment-foreign-key');
}

/** Null when they are not as many as the segment has entries. */
function leavesOf({ leaves, entries }: SegmentRecord): Buffer[] | null {
  const bytes = Buffer.from(leaves, 'base64');
  if (bytes.length !== entries * HASH_BYTES) return null;
  return Array.from({ length: entries }, (_, index) => bytes.subarray(index * HASH_BYTES, (index + 1) * HASH_BYTES));
}
