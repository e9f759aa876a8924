import type { BatchRowState, ElementName, Elements, Verdict } from '@app/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { GivenRow } from './rows/check-row';
import type { RowError } from './rows/row-error';

/** One row of a batch: as it was given, what is asked, and its verification. */
@Entity('verification_batch_row')
export class BatchRow {
  @PrimaryColumn({ type: 'uuid' })
  tenantId!: string;

  @PrimaryColumn({ type: 'uuid' })
  batchId!: string;

  /** From 1, in the order in which rows are asked. */
  @PrimaryColumn({ type: 'integer' })
  number!: number;

  /** In the file; null for a receipt's bill. */
  @Column({ type: 'integer', nullable: true })
  line!: number | null;

  @Column({ type: 'text' })
  state!: BatchRowState;

  /** The cells as they were given; null for a receipt's bill. In clear only in memory, as the reference and the elements are. */
  given!: GivenRow | null;

  reference!: string;

  /** `given`, `reference` and `elements`; null once they were erased. */
  @Column({ type: 'bytea', nullable: true })
  contentSealed!: Buffer | null;

  /** What is asked; null for a row that cannot be. */
  elements!: Elements | null;

  /** Keyed hash of all five elements. */
  @Column({ type: 'text', nullable: true })
  elementsHash!: string | null;

  @Column({ type: 'json' })
  errors!: RowError[];

  /** The columns whose text was given another form. */
  @Column({ type: 'json' })
  normalised!: ElementName[];

  /** The row whose elements these are, too. */
  @Column({ type: 'integer', nullable: true })
  duplicateOf!: number | null;

  @Column({ type: 'uuid', nullable: true })
  receiptId!: string | null;

  /** Which bill of the receipt, from 1. */
  @Column({ type: 'integer', nullable: true })
  receiptBill!: number | null;

  /** The code of the problem for which it was skipped or refused. */
  @Column({ type: 'text', nullable: true })
  problem!: string | null;

  @Column({ type: 'uuid', nullable: true })
  verificationId!: string | null;

  @Column({ type: 'text', nullable: true })
  verdict!: Verdict | null;

  @Column({ type: 'timestamptz', nullable: true })
  endedAt!: Date | null;
}
