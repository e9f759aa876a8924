import { ELEMENT_NAMES, type BillReading, type ElementName, type Reading } from '@app/contracts';
import type { ReceiptTruth } from '../ocr/truth';

/** Fields of the face that are compared exactly beside the elements. */
export const FACE = ['payer', 'payee', 'totalAmountInWords'] as const;
export type FaceField = (typeof FACE)[number];

/** How one receipt's reading stands against what is printed on it. */
export interface Comparison {
  decision: Reading['decision'];
  bills: number;
  elements: Record<ElementName, boolean>;
  allElements: boolean;
  /** Elements that were read, and wrongly: the worst that can happen where the decision is `auto`. */
  wrong: ElementName[];
  face: Record<FaceField, boolean>;
  itemsRight: number;
  items: number;
}

/** Compares the first bill of a reading, which on a receipt is its only one. */
export function compare(reading: Reading, truth: ReceiptTruth): Comparison {
  const bill = reading.bills[0];
  const expected = elementsOf(truth);
  const elements = record(ELEMENT_NAMES, (name) => bill?.elements[name] === expected[name]);
  return {
    decision: reading.decision,
    bills: reading.bills.length,
    elements,
    allElements: ELEMENT_NAMES.every((name) => elements[name]),
    wrong: ELEMENT_NAMES.filter((name) => !elements[name] && typeof bill?.elements[name] === 'string'),
    face: faceOf(bill, truth),
    itemsRight: truth.items.filter((item) => bill?.items.some(({ itemName, amount }) => itemName === item.name && amount === item.amount))
      .length,
    items: truth.items.length,
  };
}

function elementsOf(truth: ReceiptTruth): Record<ElementName, string> {
  return {
    billCode: truth.code,
    billNumber: truth.number,
    checkCode: truth.checkCode,
    issueDate: truth.issueDate,
    totalAmount: truth.amount,
  };
}

function faceOf(bill: BillReading | undefined, truth: ReceiptTruth): Record<FaceField, boolean> {
  const printed: Record<FaceField, string> = { payer: truth.payer, payee: truth.payee, totalAmountInWords: truth.amountCN };
  return record(FACE, (name) => (bill?.fields[name]?.value ?? '') === printed[name]);
}

function record<K extends string, V>(keys: readonly K[], value: (key: K) => V): Record<K, V> {
  return Object.fromEntries(keys.map((key) => [key, value(key)])) as Record<K, V>;
}
