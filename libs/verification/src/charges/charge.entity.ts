import type { Charge, Outcome, ProviderId } from '@app/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { CallPrice } from './call-prices.store';
import { HAO_PER_FEN } from './yuan';

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

  /** Price of one call at that time in 分, rounded up. The exact one is `price`. */
  @Column({ type: 'bigint', transformer: { from: (stored: string) => BigInt(stored), to: String } })
  priceFen!: bigint;

  /** Price of one call by the contract at that time, in 毫; null where none was entered, and `priceFen` is a placeholder. */
  @Column({
    type: 'bigint',
    nullable: true,
    transformer: {
      from: (stored: string | null) => (stored === null ? null : BigInt(stored)),
      to: (hao: bigint | null | undefined) => (hao === null || hao === undefined ? null : String(hao)),
    },
  })
  priceHao!: bigint | null;

  @Column({ type: 'timestamptz' })
  createdAt!: Date;

  get price(): CallPrice {
    return { hao: this.priceHao ?? this.priceFen * HAO_PER_FEN, isPlaceholder: this.priceHao === null };
  }
}
