import type { Elements, ProviderId } from '@app/contracts';
import { createHash } from 'node:crypto';

/** What a caller asks for, after its shape was checked. */
export interface VerificationOrder {
  elements?: Elements | undefined;
  receiptId?: string | undefined;
  provider?: ProviderId | undefined;
  /**
   * The caller repeats itself without knowing: a call for the identical elements whose answer was lost, or cost money and told nothing, is
   * not made again; its end is told instead, until its charge is reconciled.
   */
  neverTwice?: boolean | undefined;
}

/** SHA-256 of a request, the same for the same request however its JSON was written. Hexadecimal. */
export function requestFingerprint({ elements, receiptId, provider }: VerificationOrder): string {
  const five = elements && [elements.billCode, elements.billNumber, elements.checkCode, elements.issueDate, elements.totalAmount];
  return createHash('sha256')
    .update(JSON.stringify([five ?? null, receiptId ?? null, provider ?? null]))
    .digest('hex');
}
