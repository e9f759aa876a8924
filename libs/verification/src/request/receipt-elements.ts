import { ELEMENT_NAMES, Elements, ProblemError } from '@app/contracts';
import type { BillForVerification, ReadingForVerification } from '@app/receipts';
import { COMPARED_FIELDS, type ReadFace } from '../face/read-face';

/** Elements to verify, whose word they are (the request's, a stored review's, or the reading's alone), and the bill of the receipt they belong to. */
export interface ElementsToVerify {
  elements: Elements;
  source: 'request' | 'manual' | 'reading';
  /** From 1; null where it is not known which of several bills is meant, or there is none. */
  bill: number | null;
  /** What else stands on that bill. */
  readFace: ReadFace | null;
}

/** What the request itself says: elements, and which bill of the receipt is meant, from 1. */
export interface GivenWords {
  elements?: Elements | undefined;
  bill?: number | undefined;
}

/**
 * The elements to verify for a receipt: those the request gives, else those of its bill as they stand, when a person vouches for every
 * doubtful one or the reading is certain.
 * @throws ProblemError when the receipt is not read, is no fiscal bill, has no such bill, or must be looked at by a person first
 */
export function elementsToVerify(receipt: ReadingForVerification | null, given: GivenWords): ElementsToVerify {
  if (receipt === null) throw new ProblemError('not-found');
  if (receipt.state === 'queued') throw new ProblemError('receipt-not-read');
  if (receipt.decision === 'refuse') throw new ProblemError('receipt-refused');
  const number = given.bill ?? (receipt.bills.length === 1 ? 1 : null);
  const bill = number === null ? undefined : receipt.bills[number - 1];
  if (given.bill !== undefined && bill === undefined) throw noSuchBill(receipt);
  const place = { bill: bill === undefined ? null : number, readFace: bill === undefined ? null : readFaceOf(bill) };
  return given.elements ? { elements: given.elements, source: 'request', ...place } : { ...standingElements(receipt, bill), ...place };
}

function noSuchBill({ bills }: ReadingForVerification): ProblemError {
  const message = `the receipt holds ${bills.length} bills`;
  return new ProblemError('invalid-field', { errors: [{ field: 'bill', message }] });
}

function standingElements(
  receipt: ReadingForVerification,
  bill: BillForVerification | undefined,
): Pick<ElementsToVerify, 'elements' | 'source'> {
  if (receipt.state === 'failed')
    throw new ProblemError('receipt-not-read', { detail: 'The receipt could not be read; give its elements' });
  if (bill === undefined && receipt.bills.length > 1)
    throw new ProblemError('receipt-needs-review', { detail: 'The document holds several bills; name one, or give its elements' });
  if (bill === undefined || (bill.decision !== 'auto' && !isReviewed(bill))) throw new ProblemError('receipt-needs-review');
  const elements = Elements.safeParse(bill.elements);
  if (!elements.success) throw new ProblemError('receipt-needs-review');
  return { elements: elements.data, source: bill.reviewed.length > 0 ? 'manual' : 'reading' };
}

/** A doubt may lie in any element, so a person must have vouched for each. */
function isReviewed({ reviewed }: BillForVerification): boolean {
  return ELEMENT_NAMES.every((name) => reviewed.includes(name));
}

function readFaceOf({ fields, items }: BillForVerification): ReadFace {
  const read = COMPARED_FIELDS.flatMap((name) => (fields[name] === undefined ? [] : [[name, fields[name]]]));
  return {
    fields: Object.fromEntries(read) as ReadFace['fields'],
    items: items.map(({ itemName, amount }) => ({ itemName, amount })),
  };
}
