import type { ProviderChannelState, ProviderId } from '@app/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Whether a provider may be called: the circuit, and an operator's pause. One row for each provider, shared by all processes. */
@Entity('provider_channel')
export class ProviderChannel {
  @PrimaryColumn({ type: 'text' })
  provider!: ProviderId;

  @Column({ type: 'text' })
  state!: ProviderChannelState;

  @Column({ type: 'timestamptz' })
  since!: Date;

  /** An operator's words, or `account` or `failures` where the circuit opened by itself; null while closed. */
  @Column({ type: 'text', nullable: true })
  reason!: string | null;

  /** Failures in a row since the last success. */
  @Column({ type: 'integer' })
  failures!: number;

  /** How long the circuit stayed open the last time; the next time doubles it. 0 after a success. */
  @Column({ type: 'integer' })
  backoffSeconds!: number;

  /** From when one call may try whether the provider is back; null where only an operator may say so. */
  @Column({ type: 'timestamptz', nullable: true })
  reopenAt!: Date | null;

  /** The one call that is let through while half open. */
  @Column({ type: 'uuid', nullable: true })
  probeAttemptId!: string | null;
}
