import { Column, Entity, PrimaryColumn } from 'typeorm';

/** An archive of documents that a tenant uploaded at once. The archive itself is not kept; each document in it is a receipt of its own. */
@Entity('receipt_batch')
export class ReceiptBatch {
  @PrimaryColumn({ type: 'uuid' })
  tenantId!: string;

  /** UUIDv7. */
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  /** SHA-256 of the archive, lower-case hexadecimal. */
  @Column({ type: 'text' })
  sha256!: string;

  @Column({ type: 'text', nullable: true })
  idempotencyKey!: string | null;

  /** Id of the API key or person who uploaded it. */
  @Column({ type: 'text' })
  createdBy!: string;

  @Column({ type: 'timestamptz' })
  createdAt!: Date;
}
