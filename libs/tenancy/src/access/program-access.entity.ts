import { Column, CreateDateColumn, PrimaryColumn } from 'typeorm';

/** By what a program of a tenant is let in, for how long and from where; how it proves who it is, each kind says for itself. */
export abstract class ProgramAccess<AccessScope extends string> {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  tenantId!: string;

  @Column('text')
  name!: string;

  @Column({ type: 'text', array: true })
  scopes!: AccessScope[];

  /** Networks in CIDR form that it may be used from; none means from anywhere. */
  @Column({ type: 'text', array: true })
  allowedNetworks!: string[];

  @CreateDateColumn({ type: 'timestamptz' })
  createdAt!: Date;

  /** Null where it lasts until it is revoked: client credentials, and keys from before every key had to end. */
  @Column({ type: 'timestamptz', nullable: true })
  expiresAt!: Date | null;

  @Column({ type: 'timestamptz', nullable: true })
  revokedAt!: Date | null;

  @Column({ type: 'timestamptz', nullable: true })
  lastUsedAt!: Date | null;
}

/** Use is noted at most this often, so that asking does not become writing. */
const LAST_USED_RESOLUTION_MS = 60_000;

/** Why it no longer counts; null where it does. */
export function accessEnd(
  { revokedAt, expiresAt }: Pick<ProgramAccess<string>, 'revokedAt' | 'expiresAt'>,
  now: Date,
): 'revoked' | 'expired' | null {
  if (revokedAt !== null) return 'revoked';
  return expiresAt !== null && expiresAt <= now ? 'expired' : null;
}

/** Whether its use now is worth a note. */
export function isUseToNote({ lastUsedAt }: Pick<ProgramAccess<string>, 'lastUsedAt'>, now: Date): boolean {
  return lastUsedAt === null || now.getTime() - lastUsedAt.getTime() >= LAST_USED_RESOLUTION_MS;
}
