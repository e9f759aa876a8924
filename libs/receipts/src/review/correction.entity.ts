import { ELEMENT_NAMES, type ElementName, type ElementsRead, type FieldCorrection, type FieldName } from '@app/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A person's review of one bill of a receipt. Rows are added and read, never changed: the newest version is the one that stands. */
@Entity('receipt_correction')
export class Correction {
  @PrimaryColumn({ type: 'uuid' })
  tenantId!: string;

  @PrimaryColumn({ type: 'uuid' })
  receiptId!: string;

  /** Which bill of the reading, from 1. */
  @PrimaryColumn({ type: 'integer' })
  billNumber!: number;

  /** From 1. */
  @PrimaryColumn({ type: 'integer' })
  version!: number;

  /** In clear only in memory. */
  fields!: Partial<Record<FieldName, FieldCorrection>>;

  @Column({ type: 'bytea' })
  fieldsSealed!: Buffer;

  /** The API key or person who reviewed. */
  @Column({ type: 'text' })
  createdBy!: string;

  @Column({ type: 'text' })
  createdByName!: string;

  @Column({ type: 'timestamptz' })
  createdAt!: Date;

  /** The elements a person vouches for. */
  get reviewed(): ElementName[] {
    return ELEMENT_NAMES.filter((name) => this.fields[name] !== undefined);
  }

  /** The elements as they stand: the person's, and the machine's where the person said nothing. */
  over(read: ElementsRead): ElementsRead {
    return { ...read, ...Object.fromEntries(this.reviewed.map((name) => [name, this.fields[name]?.to ?? null])) };
  }
}
