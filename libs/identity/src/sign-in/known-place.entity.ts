import { Column, Entity, PrimaryColumn } from 'typeorm';

/** An address from which a user signed in, with a count of failures of its own. */
@Entity('known_place')
export class KnownPlace {
  @PrimaryColumn('uuid')
  tenantId!: string;

  @PrimaryColumn('uuid')
  userId!: string;

  @PrimaryColumn('bytea')
  addressHash!: Buffer;

  @Column({ type: 'timestamptz' })
  succeededAt!: Date;

  @Column('integer')
  failedCount!: number;

  @Column({ type: 'timestamptz', nullable: true })
  lockedUntil!: Date | null;
}
