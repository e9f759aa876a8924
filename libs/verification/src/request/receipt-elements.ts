import { Elements, ProblemError } from '@app/contracts';
import type { ReadingForVerification } from '@app/receipts';

/**
 * The elements to verify for a receipt: those a person confirmed, else those of a reading that is certain of every one.
 * @throws ProblemError when the receipt is not read, is no fiscal bill, or must be looked at by a person first
 */
export function elementsToVerify(receipt: ReadingForVerification | null, confirmed: Elements | undefined): Elements {
  if (receipt === null) throw new ProblemError('not-found');
  if (receipt.state === 'queued') throw new ProblemError('receipt-not-read');
  if (receipt.decision === 'refuse') throw new ProblemError('receipt-refused');
  return confirmed ?? certainElements(receipt);
}

function certainElements(receipt: ReadingForVerification): Elements {
  if (receipt.state === 'failed')
    throw new ProblemError('receipt-not-read', { detail: 'The receipt could not be read; give its elements' });
  if (receipt.decision !== 'auto') throw new ProblemError('receipt-needs-review');
  const [bill, ...others] = receipt.bills;
  if (others.length > 0)
    throw new ProblemError('receipt-needs-review', { detail: 'The document holds several bills; give the elements of one' });
  const elements = Elements.safeParse(bill?.elements);
  if (!elements.success) throw new ProblemError('receipt-needs-review');
  return elements.data;
}
