import type { WebhookEventType, WebhookPayload } from '@app/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Something that happened and that somebody wanted to be told. Never changed. */
@Entity('webhook_event')
export class WebhookEvent {
  @PrimaryColumn({ type: 'uuid' })
  tenantId!: string;

  /** UUIDv7, the message's `webhook-id`. */
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ type: 'text' })
  type!: WebhookEventType;

  @Column({ type: 'uuid' })
  subjectId!: string;

  @Column({ type: 'json' })
  payload!: WebhookPayload;

  @Column({ type: 'timestamptz' })
  createdAt!: Date;
}
