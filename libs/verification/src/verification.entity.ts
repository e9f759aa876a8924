import type {
  Charge,
  Elements,
  ErasedPart,
  Hold,
  Origin,
  Outcome,
  ProviderFace,
  ProviderId,
  RefusalCode,
  Verdict,
  VerificationState,
} from '@app/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ReadFace } from './face/read-face';

/** What a verification came to, or why it is still open. */
export interface Answer {
  state: VerificationState;
  outcome: Outcome | null;
  charge: Charge | null;
  face: ProviderFace | null;
  nextAttemptAt: Date | null;
  hold?: Hold | null;
}

/** Why a local guard refuses, in the vocabulary of the outcomes and in its own, and when the reason passes. */
export interface LocalRefusal {
  outcome: Outcome;
  code: RefusalCode;
  passesAt: Date | null;
}

const NOTHING_SENT = { outcome: null, charge: 'notCharged', face: null, nextAttemptAt: null } as const;

/** A tenant's question whether five elements are true, and its answer. Its upstream calls are `Attempt`s. */
@Entity('verification')
export class Verification {
  @PrimaryColumn({ type: 'uuid' })
  tenantId!: string;

  /** UUIDv7. */
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ type: 'uuid', nullable: true })
  receiptId!: string | null;

  /** Which bill of the receipt, from 1. */
  @Column({ type: 'integer', nullable: true })
  bill!: number | null;

  /** What stood in the receipt's reading when this was asked, to compare with the provider's face. In clear only in memory. */
  readFace!: ReadFace | null;

  /** Who is asked, or answered. */
  @Column({ type: 'text' })
  provider!: ProviderId;

  /** Whether the request itself named who is asked; null for what was asked before this was noted. */
  @Column({ type: 'boolean', nullable: true })
  isProviderNamed!: boolean | null;

  @Column({ type: 'text' })
  origin!: Origin;

  /** The verification whose answer this one was given (`cache`) or waits for (`joined`). */
  @Column({ type: 'uuid', nullable: true })
  sourceId!: string | null;

  @Column({ type: 'text' })
  billCode!: string;

  @Column({ type: 'text' })
  billNumber!: string;

  /** Who has it can look the whole bill up. In clear only in memory. */
  checkCode!: string;

  /** `checkCode` and `readFace`. */
  @Column({ type: 'bytea' })
  askedSealed!: Buffer;

  @Column({ type: 'text' })
  issueDate!: string;

  @Column({ type: 'text' })
  totalAmount!: string;

  /** Keyed hash of code and number. */
  @Column({ type: 'text' })
  billHash!: string;

  /** Keyed hash of all five elements. */
  @Column({ type: 'text' })
  elementsHash!: string;

  @Column({ type: 'text', nullable: true })
  idempotencyKey!: string | null;

  /** Keyed hash of the canonical request that the idempotency key stands for. */
  @Column({ type: 'text', nullable: true })
  requestHash!: string | null;

  @Column({ type: 'text' })
  state!: VerificationState;

  @Column({ type: 'text', nullable: true })
  outcome!: Outcome | null;

  @Column({ type: 'text', nullable: true })
  charge!: Charge | null;

  /** In clear only in memory. */
  face!: ProviderFace | null;

  @Column({ type: 'bytea', nullable: true })
  faceSealed!: Buffer | null;

  /** Verdict and need of review as they were when what they were drawn from was erased. */
  @Column({ type: 'text', nullable: true })
  keptVerdict!: Verdict | null;

  @Column({ type: 'boolean', nullable: true })
  keptReview!: boolean | null;

  /** What stays of an erased face: flags, and nothing that tells of a person. */
  @Column({ type: 'json', nullable: true })
  keptFace!: ProviderFace | null;

  @Column({ type: 'timestamptz', nullable: true })
  detailErasedAt!: Date | null;

  @Column({ type: 'text', nullable: true })
  detailErasedBy!: string | null;

  /** In state `settled`: what the provider's statement says of the lost call. Never an answer. */
  @Column({ type: 'text', nullable: true })
  settledOutcome!: Outcome | null;
  @Column({ type: 'text', nullable: true })
  refusalCode!: RefusalCode | null;

  /** From when the refused request may be taken. */
  @Column({ type: 'timestamptz', nullable: true })
  refusalPassesAt!: Date | null;

  /** Calls that the bill had left today when this was asked, if other elements of it did not match today. */
  @Column({ type: 'integer', nullable: true })
  triesLeft!: number | null;

  /** Version of the tenant's rules by which this was taken; 0 for the defaults, null for what was asked before there were versions. */
  @Column({ type: 'integer', nullable: true })
  policyVersion!: number | null;

  /** Version of the product's own rules by which this was taken; null for what was asked before there were versions. */
  @Column({ type: 'integer', nullable: true })
  rulesVersion!: number | null;

  /** Why it waits although nothing failed. */
  @Column({ type: 'text', nullable: true })
  hold!: Hold | null;

  @Column({ type: 'text' })
  createdBy!: string;

  @Column({ type: 'timestamptz' })
  createdAt!: Date;

  @Column({ type: 'timestamptz', nullable: true })
  finishedAt!: Date | null;

  @Column({ type: 'timestamptz', nullable: true })
  nextAttemptAt!: Date | null;

  get elements(): Elements {
    const { billCode, billNumber, checkCode, issueDate, totalAmount } = this;
    return { billCode, billNumber, checkCode, issueDate, totalAmount };
  }

  /** The face as far as it was not erased. */
  get toldFace(): ProviderFace | null {
    return this.face ?? this.keptFace;
  }

  /** What of it was erased. */
  get erased(): ErasedPart[] {
    const { detailErasedAt: at, detailErasedBy: rule } = this;
    return at === null || rule === null ? [] : [{ part: 'detail', at: at.toISOString(), rule }];
  }

  get isOpen(): boolean {
    return this.state === 'queued' || this.state === 'waiting';
  }

  settle(answer: Answer, at: Date): void {
    Object.assign(this, { hold: null, ...answer });
    this.finishedAt = this.isOpen ? null : at;
  }

  /** A local guard answers: nothing is sent. */
  refuse({ outcome, code, passesAt }: LocalRefusal): void {
    this.origin = 'local';
    this.refusalCode = code;
    this.refusalPassesAt = passesAt;
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
    this.settle({ ...NOTHING_SENT, state: underWay.state, hold: underWay.hold, nextAttemptAt: underWay.nextAttemptAt }, this.createdAt);
  }
}
