import type { Charge, Elements, Origin, Outcome, ProviderFace, ProviderId, VerificationState } from '@app/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What a verification came to, or why it is still open. */
export interface Answer {
  state: VerificationState;
  outcome: Outcome | null;
  charge: Charge | null;
  face: ProviderFace | null;
  nextAttemptAt: Date | null;
}

const NOTHING_SENT = { outcome: null, charge: 'notCharged', face: null, nextAttemptAt: null } as const;

/** A tenant's question whether five elements are true, and its answer. Its upstream calls are `Attempt`s. */
@Entity('verification')
export class Verification {
  @PrimaryColumn({ name: 'tenant_id', type: 'uuid' })
  tenantId!: string;

  /** UUIDv7. */
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ name: 'receipt_id', type: 'uuid', nullable: true })
  receiptId!: string | null;

  @Column({ type: 'text' })
  provider!: ProviderId;

  @Column({ type: 'text' })
  origin!: Origin;

  /** The verification whose answer this one was given (`cache`) or waits for (`joined`). */
  @Column({ name: 'source_id', type: 'uuid', nullable: true })
  sourceId!: string | null;

  @Column({ name: 'bill_code', type: 'text' })
  billCode!: string;

  @Column({ name: 'bill_number', type: 'text' })
  billNumber!: string;

  @Column({ name: 'check_code', type: 'text' })
  checkCode!: string;

  @Column({ name: 'issue_date', type: 'text' })
  issueDate!: string;

  @Column({ name: 'total_amount', type: 'text' })
  totalAmount!: string;

  /** Keyed hash of code and number. */
  @Column({ name: 'bill_hash', type: 'text' })
  billHash!: string;

  /** Keyed hash of all five elements. */
  @Column({ name: 'elements_hash', type: 'text' })
  elementsHash!: string;

  @Column({ name: 'idempotency_key', type: 'text', nullable: true })
  idempotencyKey!: string | null;

  /** SHA-256 of the canonical request that the idempotency key stands for. */
  @Column({ name: 'request_hash', type: 'text', nullable: true })
  requestHash!: string | null;

  @Column({ type: 'text' })
  state!: VerificationState;

  @Column({ type: 'text', nullable: true })
  outcome!: Outcome | null;

  @Column({ type: 'text', nullable: true })
  charge!: Charge | null;

  @Column({ type: 'jsonb', nullable: true })
  face!: ProviderFace | null;

  @Column({ name: 'created_by', type: 'text' })
  createdBy!: string;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt!: Date;

  @Column({ name: 'finished_at', type: 'timestamptz', nullable: true })
  finishedAt!: Date | null;

  @Column({ name: 'next_attempt_at', type: 'timestamptz', nullable: true })
  nextAttemptAt!: Date | null;

  get elements(): Elements {
    const { billCode, billNumber, checkCode, issueDate, totalAmount } = this;
    return { billCode, billNumber, checkCode, issueDate, totalAmount };
  }

  get isOpen(): boolean {
    return this.state === 'queued' || this.state === 'waiting';
  }

  settle(answer: Answer, at: Date): void {
    Object.assign(this, answer);
    this.finishedAt = this.isOpen ? null : at;
  }

  /** A local guard answers: nothing is sent. */
  refuse(outcome: Outcome): void {
    this.origin = 'local';
    this.settle({ ...NOTHING_SENT, state: 'refused', outcome }, this.createdAt);
  }

  /** The stored answer to the identical elements is given again, free of charge. */
  answerFrom(told: Verification): void {
    this.origin = 'cache';
    this.sourceId = told.id;
    this.settle({ ...NOTHING_SENT, state: told.state, outcome: told.outcome, face: told.face }, this.createdAt);
  }

  /** The identical elements are being asked already: this one gets the same answer, free of charge. */
  join(underWay: Verification): void {
    this.origin = 'joined';
    this.sourceId = underWay.id;
    this.settle({ ...NOTHING_SENT, state: underWay.state, nextAttemptAt: underWay.nextAttemptAt }, this.createdAt);
  }
}
