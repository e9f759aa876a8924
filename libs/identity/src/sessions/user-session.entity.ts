import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A sign-in that stands. The token is not here: only its keyed hash. */
@Entity('user_session')
export class UserSession {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  tenantId!: string;

  @Column('uuid')
  userId!: string;

  @Column('bytea')
  tokenHash!: Buffer;

  /** `secondFactor`: the password was right, the code is still to come. */
  @Column('text')
  stage!: 'secondFactor' | 'open';

  /** From where it was opened, for the list of sessions; it is not bound to it. */
  @Column('text')
  address!: string;

  @Column({ type: 'timestamptz' })
  openedAt!: Date;

  @Column({ type: 'timestamptz' })
  seenAt!: Date;

  /** When the person last proved who they are with everything they have. */
  @Column({ type: 'timestamptz' })
  authenticatedAt!: Date;

  /** When and from where the person had signed in before this session; null at the first one. */
  @Column({ type: 'timestamptz', nullable: true })
  previousSignInAt!: Date | null;

  @Column({ type: 'text', nullable: true })
  previousSignInAddress!: string | null;

  /** Sign-ins as this person that were refused between the two. */
  @Column('integer')
  refusedBefore!: number;
}
