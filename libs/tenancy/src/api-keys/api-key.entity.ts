import type { Scope } from '@app/contracts';
import { Column, Entity } from 'typeorm';
import { ProgramAccess } from '../access/program-access.entity';

/** Whether requests present the key itself, or are signed with it. */
export type KeySigning = 'none' | 'required';

/**
 * A key that a program of the tenant presents or signs with. The key itself is not here: only its keyed hash and its last four letters, and
 * of the one it replaced while both are valid.
 */
@Entity('api_key')
export class ApiKey extends ProgramAccess<Scope> {
  @Column('bytea')
  hash!: Buffer;

  @Column('text')
  lastFour!: string;

  @Column('text')
  signing!: KeySigning;

  /** From what the secret of a key that signs is computed. */
  @Column({ type: 'bytea', nullable: true })
  salt!: Buffer | null;

  /** SHA-256 of the one client certificate (DER) that it may be used with, in lower-case hexadecimal. */
  @Column({ type: 'text', nullable: true })
  certificateSha256!: string | null;

  @Column({ type: 'timestamptz', nullable: true })
  rotatedAt!: Date | null;

  @Column({ type: 'bytea', nullable: true })
  previousHash!: Buffer | null;

  @Column({ type: 'bytea', nullable: true })
  previousSalt!: Buffer | null;

  @Column({ type: 'text', nullable: true })
  previousLastFour!: string | null;

  @Column({ type: 'timestamptz', nullable: true })
  previousUntil!: Date | null;
}
