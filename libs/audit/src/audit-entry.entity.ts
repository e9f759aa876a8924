import { Column, CreateDateColumn, Entity, PrimaryColumn } from 'typeorm';
import type { AuditAction } from './audit-action';

/** Facts beside the target: ids, codes, hashes, counts. Never image bytes, never recognised text. */
export type AuditDetail = Record<string, string | number | boolean | null>;

/** A failure is a refusal that somebody must be able to see later, such as an act without the right to it. */
export type AuditOutcome = 'success' | 'failure';

/** One thing that happened. Rows are added and read, never changed: the database refuses it. */
@Entity('audit_entry')
export class AuditEntry {
  @PrimaryColumn('uuid')
  tenantId!: string;

  /** UUIDv7: sorts by the time at which it was made. */
  @PrimaryColumn('uuid')
  id!: string;

  /** The database's clock, so that entries of several processes compare. */
  @CreateDateColumn({ type: 'timestamptz' })
  recordedAt!: Date;

  @Column('text')
  action!: AuditAction;

  @Column('text')
  actorType!: string;

  @Column('text')
  actorId!: string;

  @Column('text')
  actorName!: string;

  @Column('text')
  targetType!: string;

  @Column('text')
  targetId!: string;

  @Column('json')
  detail!: AuditDetail;

  /** Whether it was done, or tried in vain. */
  @Column('text')
  outcome!: AuditOutcome;

  /** The roles that the person held then, in the order of the alphabet and parted by commas; null for whoever is no person. */
  @Column({ type: 'text', nullable: true })
  actorRoles!: string | null;

  /** Of the request that caused it, as in the log; null where there was none. */
  @Column({ type: 'text', nullable: true })
  requestId!: string | null;

  @Column({ type: 'text', nullable: true })
  clientAddress!: string | null;

  @Column({ type: 'text', nullable: true })
  userAgent!: string | null;
}
