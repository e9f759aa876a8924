import { type ReadElements, readElements } from '../wire/elements';
import { normalizeAmount } from '../wire/text';
import type { NetocrCall } from './server';

const LENGTHS = { billCode: [8], billNumber: [10], checkCode: [6], issueDate: [10] } as const;

/** The five elements of a netocr call. Blanks around them do not count, and an amount may leave out decimals: `486.2` is `486.20`. */
export function netocrElements(call: NetocrCall): ReadElements {
  const sent = {
    billCode: call.invoiceCode.trim(),
    billNumber: call.invoiceNumber.trim(),
    checkCode: call.checkCode.trim(),
    issueDate: call.billingDate.trim(),
    totalAmount: call.amountTax.trim(),
  };
  return readElements(sent, { ...sent, totalAmount: normalizeAmount(sent.totalAmount) ?? '' }, LENGTHS);
}
