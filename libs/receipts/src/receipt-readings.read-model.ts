import type { BillReading, Decision, ElementName, FieldName, ReceiptState } from '@app/contracts';
import type { Tx } from '@app/database';
import { Injectable } from '@nestjs/common';
import { ReceiptStore } from './receipt.store';
import type { Correction } from './review/correction.entity';
import { CorrectionStore } from './review/correction.store';

/**
 * A bill's elements and other fields as they stand: a person's where one reviewed them, else as read. `reviewed` names the elements that a
 * person vouches for.
 */
export interface BillForVerification extends Pick<BillReading, 'decision' | 'elements' | 'items'> {
  fields: Partial<Record<FieldName, string>>;
  reviewed: readonly ElementName[];
}

/** What verification needs to know of a receipt: how far it is, what was decided, and the bills' elements as they stand. */
export interface ReadingForVerification {
  state: ReceiptState;
  decision: Decision | null;
  bills: readonly BillForVerification[];
}

/** A narrow look at readings for the other services. */
@Injectable()
export class ReceiptReadings {
  constructor(
    private readonly store: ReceiptStore,
    private readonly corrections: CorrectionStore,
  ) {}

  /** Null for a foreign receipt as for a missing one. */
  async forVerification(tx: Tx, receiptId: string): Promise<ReadingForVerification | null> {
    const receipt = await this.store.find(tx, receiptId);
    if (receipt === null) return null;
    const corrections = await this.corrections.standing(tx, [receiptId]);
    const bills = receipt.reading?.bills ?? [];
    return {
      state: receipt.state,
      decision: receipt.reading?.decision ?? null,
      bills: bills.map((bill, at) =>
        standing(
          bill,
          corrections.find(({ billNumber }) => billNumber === at + 1),
        ),
      ),
    };
  }
}

function standing({ decision, elements, fields, items }: BillReading, correction: Correction | undefined): BillForVerification {
  const read = Object.entries(fields).map(([name, field]) => [name, field.value]);
  const reviewed = Object.entries(correction?.fields ?? {}).map(([name, field]) => [name, field.to]);
  return {
    decision,
    elements: correction?.over(elements) ?? elements,
    fields: Object.fromEntries([...read, ...reviewed]) as BillForVerification['fields'],
    items,
    reviewed: correction?.reviewed ?? [],
  };
}
