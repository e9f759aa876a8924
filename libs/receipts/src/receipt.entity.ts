import type { Decision, ErasedPart, OriginalFault, Reading, ReceiptState } from '@app/contracts';
import type { PaintedType } from '@app/documents';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ReadingFailure } from './reading/reading-failure';

/** An uploaded document of a tenant and what it was read as. Its bytes are in the object store under `objectKey`. */
@Entity('receipt')
export class Receipt {
  @PrimaryColumn({ type: 'uuid' })
  tenantId!: string;

  /** UUIDv7: ids of one tenant sort by time of arrival. */
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  /** Names of files name people. In clear only in memory; empty once it was erased. */
  fileName!: string;

  /** Null once it was erased, with the original or with the reading. */
  @Column({ type: 'bytea', nullable: true })
  fileNameSealed!: Buffer | null;

  /** What the bytes are, whatever the client declared. */
  @Column({ type: 'text' })
  mediaType!: string;

  @Column({ type: 'integer' })
  byteSize!: number;

  /** SHA-256 of the uploaded bytes, lower-case hexadecimal. */
  @Column({ type: 'text' })
  sha256!: string;

  @Column({ type: 'text' })
  objectKey!: string;

  /** The key of the original and of its page pictures, sealed; null once it was destroyed. */
  @Column({ type: 'bytea', nullable: true })
  originalKeySealed!: Buffer | null;

  @Column({ type: 'text' })
  state!: ReceiptState;

  @Column({ type: 'text', nullable: true })
  failureCode!: ReadingFailure | null;

  /** In clear only in memory. */
  reading!: Reading | null;

  @Column({ type: 'bytea', nullable: true })
  readingSealed!: Buffer | null;

  /** Form of each page's picture, in the order of the pages; null until read, and for what was read before there were any. */
  @Column({ type: 'text', array: true, nullable: true })
  pagePictures!: PaintedType[] | null;

  /** The batch it came in, if in one, and its number there, from 1. */
  @Column({ type: 'uuid', nullable: true })
  batchId!: string | null;

  @Column({ type: 'integer', nullable: true })
  batchNumber!: number | null;

  /** What the reading decided; it stays when the reading is erased. Null until read. */
  @Column({ type: 'text', nullable: true })
  decision!: Decision | null;

  /** What the last check of the stored original found wrong, and since when; null where it is as it was uploaded. */
  @Column({ type: 'text', nullable: true })
  originalFault!: OriginalFault | null;

  @Column({ type: 'timestamptz', nullable: true })
  originalFaultAt!: Date | null;

  /** Since when original and pictures are gone, and by which rule. */
  @Column({ type: 'timestamptz', nullable: true })
  originalErasedAt!: Date | null;

  @Column({ type: 'text', nullable: true })
  originalErasedBy!: string | null;

  /** Since when the reading and its corrections are gone, and by which rule. */
  @Column({ type: 'timestamptz', nullable: true })
  personalErasedAt!: Date | null;

  @Column({ type: 'text', nullable: true })
  personalErasedBy!: string | null;

  /** Id of the API key or person who uploaded it. */
  @Column({ type: 'text' })
  createdBy!: string;

  @Column({ type: 'timestamptz' })
  createdAt!: Date;

  @Column({ type: 'timestamptz', nullable: true })
  readAt!: Date | null;

  completeReading(reading: Reading, pagePictures: PaintedType[], at: Date): void {
    this.state = 'read';
    this.reading = reading;
    this.decision = reading.decision;
    this.pagePictures = pagePictures;
    this.readAt = at;
  }

  /** What of it was erased. */
  get erased(): ErasedPart[] {
    const part = (name: ErasedPart['part'], at: Date | null, rule: string | null): ErasedPart[] =>
      at === null || rule === null ? [] : [{ part: name, at: at.toISOString(), rule }];
    return [
      ...part('original', this.originalErasedAt, this.originalErasedBy),
      ...part('personal', this.personalErasedAt, this.personalErasedBy),
    ];
  }

  failReading(code: ReadingFailure, at: Date): void {
    this.state = 'failed';
    this.failureCode = code;
    this.readAt = at;
  }
}
