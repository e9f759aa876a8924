import type { BillReading } from '@app/contracts';
import { compareBill } from './compare-bill';
import type { ExpectedBill } from './expected-document';

/** A bill that is printed and the one that was read from it; null where there is no such bill. */
export interface BillPair {
  expected: ExpectedBill | null;
  bill: BillReading | null;
}

/** Weight of a field and of an element, in rows of a list that agree. */
const FIELD_WEIGHT = 2;
const ELEMENT_WEIGHT = 5;

/**
 * Pairs the bills of a document. Bills on one page have no order, so those that agree most belong together; what is left on a page
 * is paired as it stands, and what was read on another page only if it agrees at all.
 */
export function pairBills(expected: readonly ExpectedBill[], bills: readonly BillReading[]): BillPair[] {
  const partners = new Map<ExpectedBill, BillReading>();
  const take = (mayPair: (candidate: Candidate) => boolean): void => {
    for (const candidate of candidates(expected, bills)) {
      const isTaken = partners.has(candidate.expected) || [...partners.values()].includes(candidate.bill);
      if (!isTaken && mayPair(candidate)) partners.set(candidate.expected, candidate.bill);
    }
  };
  take(({ agreement, isOnPage }) => isOnPage && agreement > 0);
  take(({ isOnPage }) => isOnPage);
  take(({ agreement }) => agreement > 0);
  const paired = new Set(partners.values());
  return [
    ...expected.map((one) => ({ expected: one, bill: partners.get(one) ?? null })),
    ...bills.filter((bill) => !paired.has(bill)).map((bill) => ({ expected: null, bill })),
  ];
}

interface Candidate {
  expected: ExpectedBill;
  bill: BillReading;
  agreement: number;
  isOnPage: boolean;
}

function candidates(expected: readonly ExpectedBill[], bills: readonly BillReading[]): Candidate[] {
  return expected
    .flatMap((one) => bills.map((bill) => ({ expected: one, bill, agreement: agreementOf(one, bill), isOnPage: one.page === bill.page })))
    .sort((a, b) => b.agreement - a.agreement);
}

function agreementOf(expected: ExpectedBill, bill: BillReading): number {
  const { fields, items, other } = compareBill(expected, bill);
  const right = fields.filter(({ isRight }) => isRight);
  const elements = right.filter(({ name }) => name in bill.elements).length;
  return elements * ELEMENT_WEIGHT + (right.length - elements) * FIELD_WEIGHT + items.right + other.right;
}
