import type { AuditSuite } from './audit-suite';
import type { EntryRecord, SegmentRecord } from './export-record';
import type { FindingCode } from './finding';
import { leafHash } from './sealed-entry';

const HASH_BYTES = 32;

/** What is wrong with an entry. `sequence`: of the record that should stand there, or of the one that should not. */
export interface EntryFault {
  code: FindingCode;
  sequence: number;
  entryId: string | null;
}

/**
 * Follows the entries of one segment, whose leaves are known to be the signed ones: each record is held against the leaf of its place. What
 * follows the first that does not hold decides whether it was changed, put in, moved, or stands where another was taken out.
 */
export class EntryCheck {
  private next: number;
  private fault: EntryFault | null = null;
  /** The record at which the fault was seen. */
  private seen: { isOwnLeaf: boolean; entryId: string | null } | null = null;

  constructor(
    private readonly suite: AuditSuite,
    private readonly segment: Pick<SegmentRecord, 'firstSequence' | 'lastSequence'>,
    private readonly leaves: Buffer,
  ) {
    this.next = segment.firstSequence;
  }

  /** The number of the entry that must come now; one beyond the last when all have come. */
  get expected(): number {
    return this.next;
  }

  get isComplete(): boolean {
    return this.next > this.segment.lastSequence;
  }

  /** True when the entry is the one of this place. Once it was not, further ones only tell why. */
  accept(entry: EntryRecord): boolean {
    const isOwnLeaf = this.isLeaf(entry);
    if (this.fault !== null) {
      this.tellWhy(entry, isOwnLeaf);
      return false;
    }
    if (entry.sequence === this.next && isOwnLeaf) {
      this.next += 1;
      return true;
    }
    this.fault = this.faultOf(entry, isOwnLeaf);
    this.seen = { isOwnLeaf, entryId: entry.fields.id ?? null };
    return false;
  }

  /** What is wrong, once `accept` was false or the segment ended too early; null when nothing is. */
  outcome(): EntryFault | null {
    if (this.fault !== null) return this.fault;
    return this.isComplete ? null : { code: 'entry-missing', sequence: this.next, entryId: null };
  }

  private faultOf(entry: EntryRecord, isOwnLeaf: boolean): EntryFault {
    const { sequence } = entry;
    const entryId = entry.fields.id ?? null;
    if (sequence === this.next) return { code: this.isComplete ? 'entry-inserted' : 'entry-altered', sequence, entryId };
    if (sequence < this.next) return { code: isOwnLeaf ? 'entry-duplicate' : 'entry-inserted', sequence, entryId };
    if (this.isComplete) return { code: 'entry-inserted', sequence, entryId };
    return { code: 'entry-missing', sequence: this.next, entryId: null };
  }

  /** The entry of the place has come after all: the record before it was put in, or entries were moved. */
  private tellWhy(entry: EntryRecord, isOwnLeaf: boolean): void {
    if (this.fault === null || this.seen === null || entry.sequence !== this.next || !isOwnLeaf) return;
    if (this.fault.code === 'entry-altered') this.fault = { ...this.fault, code: 'entry-inserted' };
    if (this.fault.code !== 'entry-missing') return;
    this.fault = this.seen.isOwnLeaf
      ? { ...this.fault, code: 'entry-moved', entryId: entry.fields.id ?? null }
      : { ...this.fault, code: 'entry-inserted', entryId: this.seen.entryId };
  }

  private isLeaf({ sequence, fields }: EntryRecord): boolean {
    const { firstSequence, lastSequence } = this.segment;
    if (sequence < firstSequence || sequence > lastSequence) return false;
    const at = (sequence - firstSequence) * HASH_BYTES;
    return this.leaves.compare(leafHash(this.suite, sequence, fields), 0, HASH_BYTES, at, at + HASH_BYTES) === 0;
  }
}
