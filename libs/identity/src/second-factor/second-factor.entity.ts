import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A user's TOTP secret. It counts once a first code has confirmed it. */
@Entity('second_factor')
export class SecondFactor {
  @PrimaryColumn('uuid')
  tenantId!: string;

  @PrimaryColumn('uuid')
  userId!: string;

  @Column('bytea')
  secretSealed!: Buffer;

  @Column({ type: 'timestamptz' })
  enrolledAt!: Date;

  @Column({ type: 'timestamptz', nullable: true })
  confirmedAt!: Date | null;

  /** The step of the last code that was taken, as the database's bigint: neither it nor an earlier one is taken again. */
  @Column({ type: 'bigint', nullable: true })
  lastStep!: string | null;
}
