import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A password that a user has or had; the newest one opens. */
@Entity('user_password')
export class UserPassword {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  tenantId!: string;

  @Column('uuid')
  userId!: string;

  /** A PHC string, see `PasswordHashing`. */
  @Column('text')
  hash!: string;

  @Column({ type: 'timestamptz' })
  madeAt!: Date;

  /** Only one-time passwords have an end. */
  @Column({ type: 'timestamptz', nullable: true })
  expiresAt!: Date | null;
}
