import type { Tx } from '@app/database';
import type { Verification } from './verification.entity';

/**
 * Hears of verifications that came to their end: answered, refused, failed or unknown, whoever ended them. It is told in the
 * transaction that ends them: what it writes commits with the end, and when it throws, nothing has ended.
 */
export interface SettlementListener {
  /** All of one tenant, the asked one first, then those that joined it. An `unknown` one is told again when reconciliation settles it. */
  verificationsSettled(tx: Tx, settled: readonly Verification[]): Promise<void>;
}

/** The one place that is told of every verification that came to its end: when a request is taken, when a call ended, when it is reconciled. */
export class SettledVerifications {
  constructor(private readonly listeners: readonly SettlementListener[] = []) {}

  /** Passes on those that came to their end; open ones are left out. Call it after their rows were written. */
  async tell(tx: Tx, verifications: readonly Verification[]): Promise<void> {
    const settled = verifications.filter(({ isOpen }) => !isOpen);
    if (settled.length === 0) return;
    for (const listener of this.listeners) await listener.verificationsSettled(tx, settled);
  }
}
