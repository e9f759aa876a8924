import { ProblemError, type ProviderId, type VerificationBatchState } from '@app/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Many verifications that are asked for at once: checked as a draft, asked when somebody starts it. */
@Entity('verification_batch')
export class VerificationBatch {
  @PrimaryColumn({ type: 'uuid' })
  tenantId!: string;

  /** UUIDv7. */
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ type: 'text' })
  source!: 'table' | 'receipts';

  /** In clear only in memory. */
  fileName!: string | null;

  @Column({ type: 'bytea', nullable: true })
  fileNameSealed!: Buffer | null;

  /** Keyed hash of the request it was made from, the bytes of its table included. Hexadecimal. */
  @Column({ type: 'text' })
  requestHash!: string;

  @Column({ type: 'text', nullable: true })
  idempotencyKey!: string | null;

  /** Null where the requests' own default decides. */
  @Column({ type: 'text', nullable: true })
  provider!: ProviderId | null;

  @Column({ type: 'text' })
  state!: VerificationBatchState;

  @Column({ type: 'text', nullable: true })
  pauseReason!: string | null;

  @Column({ type: 'integer' })
  rowCount!: number;

  @Column({ type: 'integer' })
  okCount!: number;

  @Column({ type: 'integer' })
  errorCount!: number;

  @Column({ type: 'integer' })
  duplicateCount!: number;

  @Column({ type: 'integer' })
  skippedCount!: number;

  /** What was confirmed at the start; null before. */
  @Column({ type: 'integer', nullable: true })
  confirmedCalls!: number | null;

  @Column({ type: 'integer', nullable: true })
  confirmedCached!: number | null;

  @Column({ type: 'integer', nullable: true })
  confirmedUnderWay!: number | null;

  /** Price of one call when it was made, in 毫 (a ten-thousandth of a yuan). */
  @Column({ type: 'bigint', transformer: { from: (stored: string) => BigInt(stored), to: String } })
  priceHao!: bigint;

  /** The feeding that is next: a job for another one does nothing. */
  @Column({ type: 'integer' })
  feedStep!: number;

  @Column({ type: 'text' })
  createdBy!: string;

  @Column({ type: 'text' })
  createdByName!: string;

  @Column({ type: 'timestamptz' })
  createdAt!: Date;

  @Column({ type: 'text', nullable: true })
  startedBy!: string | null;

  @Column({ type: 'text', nullable: true })
  startedByName!: string | null;

  @Column({ type: 'timestamptz', nullable: true })
  startedAt!: Date | null;

  @Column({ type: 'timestamptz', nullable: true })
  finishedAt!: Date | null;

  start(by: { id: string; name: string }, confirmed: { calls: number; cached: number; underWay: number }): void {
    this.expect('draft');
    this.state = 'running';
    this.startedBy = by.id;
    this.startedByName = by.name;
    this.startedAt = new Date();
    this.confirmedCalls = confirmed.calls;
    this.confirmedCached = confirmed.cached;
    this.confirmedUnderWay = confirmed.underWay;
    this.feedStep += 1;
  }

  /** `reason` is the code of the problem that made it pause by itself. */
  pause(reason: string | null): void {
    this.expect('running');
    this.state = 'paused';
    this.pauseReason = reason;
  }

  /** A batch that runs may be resumed, too: its feeding begins anew, should it have been lost. */
  resume(): void {
    this.expect('paused', 'running');
    this.state = 'running';
    this.pauseReason = null;
    this.feedStep += 1;
  }

  /** It is finished at once when nothing is under way. */
  cancel(isUnderWay: boolean): void {
    this.expect('draft', 'running', 'paused');
    this.state = 'cancelled';
    this.feedStep += 1;
    if (!isUnderWay) this.finishedAt = new Date();
  }

  /** Every row that was asked has ended, and none is left to ask. */
  finish(): void {
    if (this.state === 'running') this.state = 'done';
    this.finishedAt = new Date();
  }

  private expect(...states: VerificationBatchState[]): void {
    if (!states.includes(this.state)) throw new ProblemError('batch-state', { detail: `The batch is ${this.state}` });
  }
}
