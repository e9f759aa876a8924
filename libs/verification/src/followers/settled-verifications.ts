import type { Charge } from '@app/contracts';
import type { Tx } from '@app/database';
import type { Verification } from '../verification.entity';

/** What an unknown call turned out to have cost. */
export interface SettledCharge {
  attemptId: string;
  verificationId: string;
  charge: Exclude<Charge, 'unknown'>;
}

/**
 * Hears of verifications, in the transaction that changes them: what it writes commits with the change, and when it throws, nothing has
 * changed.
 */
export interface SettlementListener {
  /** A call is needed, and its intent was written. */
  verificationOpened?(tx: Tx, verification: Verification): Promise<void>;
  /** All of one tenant, the asked one first, then those that joined it. An `unknown` one is told again when reconciliation settles it. */
  verificationsSettled(tx: Tx, settled: readonly Verification[]): Promise<void>;
  chargeSettled?(tx: Tx, settled: SettledCharge): Promise<void>;
}

/** The one place that is told of every verification that opened or came to its end: when a request is taken, when a call ended, when it is reconciled. */
export class SettledVerifications {
  constructor(private readonly listeners: readonly SettlementListener[] = []) {}

  /** Passes on those that came to their end; open ones are left out. Call it after their rows were written. */
  async tell(tx: Tx, verifications: readonly Verification[]): Promise<void> {
    const settled = verifications.filter(({ isOpen }) => !isOpen);
    if (settled.length === 0) return;
    for (const listener of this.listeners) await listener.verificationsSettled(tx, settled);
  }

  /** Passes on a verification that was taken: opened, or ended at once. Call it after its row was written. */
  async tellOfTaken(tx: Tx, verification: Verification): Promise<void> {
    if (!verification.isOpen) return this.tell(tx, [verification]);
    for (const listener of this.listeners) await listener.verificationOpened?.(tx, verification);
  }

  async tellOfCharge(tx: Tx, settled: SettledCharge): Promise<void> {
    for (const listener of this.listeners) await listener.chargeSettled?.(tx, settled);
  }
}
