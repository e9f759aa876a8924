import { ELEMENT_NAMES, Elements, ProblemError } from '@app/contracts';
import type { BillForVerification, ReadingForVerification } from '@app/receipts';

/** Elements to verify, and whose word they are: the request's, a stored review's, or the reading's alone. */
export interface ElementsToVerify {
  elements: Elements;
  source: 'request' | 'manual' | 'reading';
}

/**
 * The elements to verify for a receipt: those the request gives, else those of its bill as they stand, when a person vouches for every
 * doubtful one or the reading is certain.
 * @throws ProblemError when the receipt is not read, is no fiscal bill, or must be looked at by a person first
 */
export function elementsToVerify(receipt: ReadingForVerification | null, given: Elements | undefined): ElementsToVerify {
  if (receipt === null) throw new ProblemError('not-found');
  if (receipt.state === 'queued') throw new ProblemError('receipt-not-read');
  if (receipt.decision === 'refuse') throw new ProblemError('receipt-refused');
  return given ? { elements: given, source: 'request' } : standingElements(receipt);
}

function standingElements(receipt: ReadingForVerification): ElementsToVerify {
  if (receipt.state === 'failed')
    throw new ProblemError('receipt-not-read', { detail: 'The receipt could not be read; give its elements' });
  const [bill, ...others] = receipt.bills;
  if (others.length > 0)
    throw new ProblemError('receipt-needs-review', { detail: 'The document holds several bills; give the elements of one' });
  if (bill === undefined || (receipt.decision !== 'auto' && !isReviewed(bill))) throw new ProblemError('receipt-needs-review');
  const elements = Elements.safeParse(bill.elements);
  if (!elements.success) throw new ProblemError('receipt-needs-review');
  return { elements: elements.data, source: bill.reviewed.length > 0 ? 'manual' : 'reading' };
}

/** A doubt may lie in any element, so a person must have vouched for each. */
function isReviewed({ reviewed }: BillForVerification): boolean {
  return ELEMENT_NAMES.every((name) => reviewed.includes(name));
}
