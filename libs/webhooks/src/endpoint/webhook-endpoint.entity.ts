import type { WebhookDisabledReason, WebhookEventType } from '@app/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A place that a tenant wants to be told at. */
@Entity('webhook_endpoint')
export class WebhookEndpoint {
  @PrimaryColumn({ type: 'uuid' })
  tenantId!: string;

  /** UUIDv7. */
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ type: 'text' })
  url!: string;

  @Column({ type: 'text' })
  description!: string;

  @Column({ type: 'text', array: true })
  eventTypes!: WebhookEventType[];

  @Column({ type: 'text' })
  state!: 'active' | 'disabled';

  @Column({ type: 'text', nullable: true })
  disabledReason!: WebhookDisabledReason | null;

  /** Since when every try failed. */
  @Column({ type: 'timestamptz', nullable: true })
  failingSince!: Date | null;

  /** Null once the endpoint is removed. */
  @Column({ type: 'bytea', nullable: true })
  secretSealed!: Buffer | null;

  @Column({ type: 'bytea', nullable: true })
  previousSecretSealed!: Buffer | null;

  @Column({ type: 'timestamptz', nullable: true })
  previousSecretUntil!: Date | null;

  /** Id of the API key or person who made it. */
  @Column({ type: 'text' })
  createdBy!: string;

  @Column({ type: 'timestamptz' })
  createdAt!: Date;

  /** A removed endpoint is kept for the sake of its deliveries, and is found by nobody. */
  @Column({ type: 'timestamptz', nullable: true })
  removedAt!: Date | null;

  get isActive(): boolean {
    return this.state === 'active';
  }

  enable(): void {
    Object.assign(this, { state: 'active', disabledReason: null, failingSince: null });
  }

  disable(reason: WebhookDisabledReason): void {
    Object.assign(this, { state: 'disabled', disabledReason: reason });
  }

  /** From now on messages are signed with `sealed`, and until `overlapEnds` with the secret before it too. */
  rotateSecret(sealed: Buffer, overlapEnds: Date | null): void {
    this.previousSecretSealed = overlapEnds === null ? null : this.secretSealed;
    this.previousSecretUntil = overlapEnds;
    this.secretSealed = sealed;
  }

  remove(at: Date): void {
    this.disable('requested');
    Object.assign(this, { secretSealed: null, previousSecretSealed: null, previousSecretUntil: null, removedAt: at });
  }
}
