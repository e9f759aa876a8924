import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Opens once in place of a TOTP code. The code itself is not here: only its keyed hash. */
@Entity('recovery_code')
export class RecoveryCode {
  @PrimaryColumn('uuid')
  tenantId!: string;

  @PrimaryColumn('uuid')
  userId!: string;

  @PrimaryColumn('bytea')
  hash!: Buffer;

  @Column({ type: 'timestamptz', nullable: true })
  usedAt!: Date | null;
}
