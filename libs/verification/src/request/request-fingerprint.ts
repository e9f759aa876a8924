import type { Elements, ProviderId } from '@app/contracts';
import { createHash } from 'node:crypto';

/** What a caller asks for, after its shape was checked. */
export interface VerificationOrder {
  elements?: Elements | undefined;
  receiptId?: string | undefined;
  /** Which bill of the receipt, from 1. */
  bill?: number | undefined;
  provider?: ProviderId | undefined;
  /** Allows the last of the bill's five calls of today although other elements of it did not match today. Not part of what is asked. */
  confirmLastTry?: boolean | undefined;
}

/** SHA-256 of a request, the same for the same request however its JSON was written. Hexadecimal. */
export function requestFingerprint({ elements, receiptId, bill, provider }: VerificationOrder): string {
  const five = elements && [elements.billCode, elements.billNumber, elements.checkCode, elements.issueDate, elements.totalAmount];
  // Fingerprints stored before a bill could be named stay as they are.
  const place = bill === undefined ? [] : [bill];
  return createHash('sha256')
    .update(JSON.stringify([five ?? null, receiptId ?? null, provider ?? null, ...place]))
    .digest('hex');
}
