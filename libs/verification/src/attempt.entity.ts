import type { AttemptView, Charge, Outcome, ProviderId } from '@app/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What became of one attempt. */
export interface AttemptEnd {
  state: Exclude<AttemptView['state'], 'intended'>;
  outcome: Outcome;
  charge: Charge;
  providerCode: string | null;
  providerMessage: string | null;
  providerTaskNumber: string | null;
}

/**
 * One upstream call, or the intent of one. The row is committed before the call; egress makes at most one call for its id, for ever.
 */
@Entity('attempt')
export class Attempt {
  @PrimaryColumn({ type: 'uuid' })
  tenantId!: string;

  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ type: 'uuid' })
  verificationId!: string;

  /** 1, 2, 3 … within its verification. */
  @Column({ type: 'integer' })
  number!: number;

  @Column({ type: 'text' })
  provider!: ProviderId;

  @Column({ type: 'text' })
  state!: AttemptView['state'];

  @Column({ type: 'text', nullable: true })
  outcome!: Outcome | null;

  @Column({ type: 'text', nullable: true })
  providerCode!: string | null;

  /** In clear only in memory. */
  providerMessage!: string | null;

  @Column({ type: 'bytea', nullable: true })
  providerMessageSealed!: Buffer | null;

  /** Key of egress's copy of the reply, sealed; null once the attempt has ended. */
  @Column({ type: 'bytea', nullable: true })
  replyKeySealed!: Buffer | null;

  /** The provider's own number of the call, by which its statement can be matched. */
  @Column({ type: 'text', nullable: true })
  providerTaskNumber!: string | null;

  @Column({ type: 'text', nullable: true })
  charge!: Charge | null;

  /** The Shanghai day on which it took one of the bill's five places, so that the very place can be given back. */
  @Column({ type: 'text' })
  countedDay!: string;

  /** Set once egress may have heard of it although no word of it came back: until then it surely was not begun. */
  @Column({ type: 'timestamptz', nullable: true })
  askedAt!: Date | null;

  @Column({ type: 'timestamptz' })
  createdAt!: Date;

  @Column({ type: 'timestamptz', nullable: true })
  finishedAt!: Date | null;

  finish(end: AttemptEnd, at: Date): void {
    Object.assign(this, end);
    this.finishedAt = at;
    this.replyKeySealed = null;
  }
}
