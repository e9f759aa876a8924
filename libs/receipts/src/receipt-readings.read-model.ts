import type { BillReading, Decision, ReceiptState } from '@app/contracts';
import type { Tx } from '@app/database';
import { Injectable } from '@nestjs/common';
import { ReceiptStore } from './receipt.store';

/** What verification needs to know of a receipt: how far it is, what was decided, and the bills' elements as read. */
export interface ReadingForVerification {
  state: ReceiptState;
  decision: Decision | null;
  bills: readonly Pick<BillReading, 'decision' | 'elements'>[];
}

/** A narrow look at readings for the other services. */
@Injectable()
export class ReceiptReadings {
  constructor(private readonly store: ReceiptStore) {}

  /** Null for a foreign receipt as for a missing one. */
  async forVerification(tx: Tx, receiptId: string): Promise<ReadingForVerification | null> {
    const receipt = await this.store.find(tx, receiptId);
    if (receipt === null) return null;
    const bills = receipt.reading?.bills ?? [];
    return {
      state: receipt.state,
      decision: receipt.reading?.decision ?? null,
      bills: bills.map(({ decision, elements }) => ({ decision, elements })),
    };
  }
}
