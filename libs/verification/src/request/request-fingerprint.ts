import type { Elements, ProviderId } from '@app/contracts';
import { createHash } from 'node:crypto';

/** What a caller asks for, after its shape was checked. */
export interface VerificationOrder {
  elements?: Elements | undefined;
  receiptId?: string | undefined;
  provider?: ProviderId | undefined;
  /** Part of a long batch: whoever waits at a counter goes first. */
  isBackground?: boolean | undefined;
}

/** SHA-256 of a request, the same for the same request however its JSON was written. Hexadecimal. */
export function requestFingerprint({ elements, receiptId, provider }: VerificationOrder): string {
  const five = elements && [elements.billCode, elements.billNumber, elements.checkCode, elements.issueDate, elements.totalAmount];
  return createHash('sha256')
    .update(JSON.stringify([five ?? null, receiptId ?? null, provider ?? null]))
    .digest('hex');
}
