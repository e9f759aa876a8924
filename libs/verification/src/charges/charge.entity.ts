import type { Charge, Outcome, ProviderId } from '@app/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** One row of the cost ledger: what one finished attempt cost, or may have cost. */
@Entity('charge')
export class ChargeEntry {
  @PrimaryColumn({ type: 'uuid' })
  tenantId!: string;

  @PrimaryColumn({ type: 'uuid' })
  attemptId!: string;

  @Column({ type: 'uuid' })
  verificationId!: string;

  @Column({ type: 'text' })
  provider!: ProviderId;

  @Column({ type: 'text' })
  outcome!: Outcome;

  @Column({ type: 'text' })
  state!: Charge;

  /** Price of one call at that time, in 分. */
  @Column({ type: 'bigint', transformer: { from: (stored: string) => BigInt(stored), to: String } })
  priceFen!: bigint;

  @Column({ type: 'timestamptz' })
  createdAt!: Date;
}
