import type { ProviderId } from '@app/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Whether another provider may be asked after a surely uncharged failure: never, where that is safe, or also after refusals of the account and of the rate. */
export type FailoverPolicy = 'off' | 'on' | 'wide';

/** What a tenant allows its verifications. */
export interface PolicyTerms {
  /** Asked when a request names no provider; null for the installation's own default. */
  provider: ProviderId | null;
  failover: FailoverPolicy;
  /** Calls a day, null without a limit. */
  dailyQuota: number | null;
  /** 分 a calendar month, null without a limit. */
  monthlyBudgetFen: bigint | null;
  /** What happens to elements that are odd, such as a bill code of another year. */
  onImplausible: 'warn' | 'refuse';
  /** 分 of unknown charges that may be settled by hand in a day on one person's word; null for the installation's own limit. */
  settlementLimitFen: bigint | null;
}

/** The terms that hold, and which version of the tenant's rules they are. */
export interface StandingPolicy extends PolicyTerms {
  /** From 1; 0 for a tenant that has none of its own. */
  version: number;
}

/** The terms of a tenant that has none of its own. */
export const DEFAULT_POLICY: StandingPolicy = {
  version: 0,
  provider: null,
  failover: 'off',
  dailyQuota: null,
  monthlyBudgetFen: null,
  onImplausible: 'warn',
  settlementLimitFen: null,
};

const FEN = {
  from: (stored: string | null) => (stored === null ? null : BigInt(stored)),
  to: (fen: bigint | null) => fen?.toString() ?? null,
};

/** A tenant's own terms, at most one row for each. */
@Entity('verification_policy')
export class VerificationPolicy implements StandingPolicy {
  @PrimaryColumn({ type: 'uuid' })
  tenantId!: string;

  @Column({ type: 'text', nullable: true })
  provider!: ProviderId | null;

  @Column({ type: 'text' })
  failover!: FailoverPolicy;

  @Column({ type: 'integer', nullable: true })
  dailyQuota!: number | null;

  @Column({ type: 'bigint', nullable: true, transformer: FEN })
  monthlyBudgetFen!: bigint | null;

  @Column({ type: 'text' })
  onImplausible!: 'warn' | 'refuse';

  @Column({ type: 'bigint', nullable: true, transformer: FEN })
  settlementLimitFen!: bigint | null;

  @Column({ type: 'integer' })
  version!: number;

  @Column({ type: 'timestamptz' })
  updatedAt!: Date;
}
