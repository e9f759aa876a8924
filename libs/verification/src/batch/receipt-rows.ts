import { ELEMENT_NAMES, Elements, type ProblemCode } from '@app/contracts';
import type { BillForVerification, ReadingForVerification } from '@app/receipts';
import type { ElementsHasher } from '../elements-hasher';
import type { DraftRow } from './table-rows';

/** The rows of a receipt: one for each of its bills, or one that says why it may not be verified yet. */
export function receiptRows(receiptId: string, reading: ReadingForVerification | null, hasher: ElementsHasher): DraftRow[] {
  const problem = receiptProblem(reading);
  if (problem !== null) return [skipped(receiptId, null, problem)];
  return (reading?.bills ?? []).map((bill, at) => billRow(receiptId, at + 1, bill, reading?.decision === 'auto', hasher));
}

function receiptProblem(reading: ReadingForVerification | null): ProblemCode | null {
  if (reading === null) return 'not-found';
  if (reading.state !== 'read') return 'receipt-not-read';
  if (reading.decision === 'refuse') return 'receipt-refused';
  return reading.bills.length === 0 ? 'receipt-needs-review' : null;
}

function billRow(receiptId: string, number: number, bill: BillForVerification, isCertain: boolean, hasher: ElementsHasher): DraftRow {
  const isReviewed = ELEMENT_NAMES.every((name) => bill.reviewed.includes(name));
  const elements = Elements.safeParse(bill.elements);
  if (!elements.success || !(isCertain || isReviewed)) return skipped(receiptId, number, 'receipt-needs-review');
  return {
    ...skipped(receiptId, number, null),
    state: 'pending',
    elements: elements.data,
    elementsHash: hasher.ofElements(elements.data),
  };
}

function skipped(receiptId: string, receiptBill: number | null, problem: ProblemCode | null): DraftRow {
  return {
    line: null,
    state: 'skipped',
    given: null,
    reference: '',
    elements: null,
    elementsHash: null,
    errors: [],
    normalised: [],
    duplicateOf: null,
    receiptId,
    receiptBill,
    problem,
  };
}
