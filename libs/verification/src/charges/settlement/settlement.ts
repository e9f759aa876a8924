import type { SettledCharge } from '@app/contracts';

/** Whose word closed an unknown charge: a file of the provider's, with its line where it has one, or a person's. */
export type SettlementSource =
  | { source: 'statement'; statement: { sha256: string; line: number | null }; reason: null }
  | { source: 'operator'; statement: null; reason: string };

/** The end of an unknown charge. Written once for an attempt, and never changed. */
export type Settlement = SettlementSource & {
  attemptId: string;
  verificationId: string;
  charge: SettledCharge;
  providerCode: string | null;
  /** What is owed, in 毫. */
  priceHao: bigint;
  settledBy: string;
  settledAt: Date;
};

/** What shall be settled. */
export type SettlementOrder = SettlementSource & {
  attemptId: string;
  charge: SettledCharge;
  providerCode: string | null;
  /** The statement's fee of the call in 毫; without one the price of the call at its time is owed. */
  feeHao: bigint | null;
};

/** Whether an order asks for what has been settled already. */
export function isSameSettlement(settled: Settlement, order: SettlementOrder): boolean {
  return (
    settled.charge === order.charge &&
    settled.reason === order.reason &&
    settled.statement?.sha256 === order.statement?.sha256 &&
    settled.statement?.line === order.statement?.line
  );
}
