import type { WebhookDeliveryState, WebhookFailure } from '@app/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** How a try ended: the receiver's status, or why there is none. */
export interface TryResult {
  status: number | null;
  error: WebhookFailure | null;
}

/** A try that is so late has lost its job, or nobody works on the queue. */
export const OVERDUE_MS = 3_600_000;

/** One event on its way to one endpoint. */
@Entity('webhook_delivery')
export class WebhookDelivery {
  @PrimaryColumn({ type: 'uuid' })
  tenantId!: string;

  /** UUIDv7. */
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ type: 'uuid' })
  eventId!: string;

  @Column({ type: 'uuid' })
  endpointId!: string;

  @Column({ type: 'text' })
  state!: WebhookDeliveryState;

  /** Tries since it was made or last re-driven. */
  @Column({ type: 'int' })
  tries!: number;

  @Column({ type: 'int', nullable: true })
  lastStatus!: number | null;

  @Column({ type: 'text', nullable: true })
  lastError!: WebhookFailure | null;

  @Column({ type: 'timestamptz', nullable: true })
  nextTryAt!: Date | null;

  @Column({ type: 'timestamptz', nullable: true })
  deliveredAt!: Date | null;

  @Column({ type: 'timestamptz' })
  createdAt!: Date;

  /** Whether the try with this number is still to be made. Only one of two runs of the same job finds it so. */
  awaitsTry(number: number): boolean {
    return this.state === 'pending' && this.tries === number - 1;
  }

  /** Whether somebody may start it over: it was given up, or its next try never came. */
  mayBeRedriven(at: Date): boolean {
    return this.state === 'dead' || (this.nextTryAt !== null && at.getTime() - this.nextTryAt.getTime() > OVERDUE_MS);
  }

  succeed({ status }: TryResult, at: Date): void {
    this.endTry({ status, error: null });
    Object.assign(this, { state: 'delivered', nextTryAt: null, deliveredAt: at });
  }

  /** The try failed; without a next one the delivery is given up. */
  fail(result: TryResult, nextTryAt: Date | null): void {
    this.endTry(result);
    Object.assign(this, { state: nextTryAt === null ? 'dead' : 'pending', nextTryAt });
  }

  /** Nothing is tried: there is no one to tell any more. */
  giveUp(error: WebhookFailure): void {
    Object.assign(this, { state: 'dead', nextTryAt: null, lastError: error, lastStatus: null });
  }

  /** Starts over, with every try it had at first. */
  redrive(at: Date): void {
    Object.assign(this, { state: 'pending', tries: 0, nextTryAt: at });
  }

  private endTry({ status, error }: TryResult): void {
    this.tries += 1;
    this.lastStatus = status;
    this.lastError = error;
  }
}
