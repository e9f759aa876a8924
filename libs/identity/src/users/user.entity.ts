import type { Role } from '@app/tenancy';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Where a person's identity is kept: here, or at the bank's own OIDC provider or directory. */
export type UserSource = 'local' | 'oidc' | 'ldap';

/** A person of a tenant. People are never deleted, since the audit names them: they are disabled. */
@Entity('user_account')
export class User {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  tenantId!: string;

  /** As it was typed when the user was made. */
  @Column('text')
  login!: string;

  /** What logins are compared by, see `loginKey`. */
  @Column('text')
  loginKey!: string;

  @Column('text')
  displayName!: string;

  @Column({ type: 'uuid', nullable: true })
  departmentId!: string | null;

  @Column('text')
  state!: 'active' | 'disabled';

  @Column('text')
  source!: UserSource;

  /** Who vouches for `subject`; null for local users. */
  @Column({ type: 'text', nullable: true })
  issuer!: string | null;

  @Column({ type: 'text', nullable: true })
  subject!: string | null;

  @Column({ type: 'text', array: true })
  roles!: Role[];

  @Column('boolean')
  mustChangePassword!: boolean;

  /** Who gave the one-time password that still stands. That person must not reset the second factor as well. */
  @Column({ type: 'text', nullable: true })
  passwordResetBy!: string | null;

  /** Who took the second factor away, until there is another. That person must not reset the password as well. */
  @Column({ type: 'text', nullable: true })
  secondFactorResetBy!: string | null;

  /** Guesses from places where the user never signed in. */
  @Column('integer')
  failedCount!: number;

  @Column({ type: 'timestamptz', nullable: true })
  lockedUntil!: Date | null;

  @Column({ type: 'timestamptz' })
  createdAt!: Date;

  @Column({ type: 'timestamptz', nullable: true })
  lastSignInAt!: Date | null;

  @Column({ type: 'text', nullable: true })
  lastSignInAddress!: string | null;

  /** Sign-ins as this person that were refused since the last one that was not. */
  @Column('integer')
  refusedSignIns!: number;
}
