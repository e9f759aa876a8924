import type { Elements, ProcessingBasis, ProviderId } from '@app/contracts';
import { basisWords } from '@app/receipts';
import type { ElementsHasher } from '../elements-hasher';

/** What a caller asks for, after its shape was checked. */
export interface VerificationOrder {
  elements?: Elements | undefined;
  receiptId?: string | undefined;
  /** Which bill of the receipt, from 1. */
  bill?: number | undefined;
  provider?: ProviderId | undefined;
  /** Allows the last of the bill's five calls of today although other elements of it did not match today. Not part of what is asked. */
  confirmLastTry?: boolean | undefined;
  /**
   * The caller repeats itself without knowing: a call for the identical elements whose answer was lost, or cost money and told nothing, is
   * not made again; its end is told instead, until its charge is reconciled.
   */
  neverTwice?: boolean | undefined;
  /** By what right and what for it is asked, where the caller says so. */
  basis?: ProcessingBasis | undefined;
  /** Part of a long batch, on whose basis it stands: whoever waits at a counter goes first. */
  isBackground?: boolean | undefined;
}

/**
 * Keyed hash of a request, the same for the same request however its JSON was written. Hexadecimal. Without the key, whoever has a copy of
 * the database would find the sealed check code in 16 million tries.
 */
export function requestFingerprint({ elements, receiptId, bill, provider, basis }: VerificationOrder, hasher: ElementsHasher): string {
  const five = elements && [elements.billCode, elements.billNumber, elements.checkCode, elements.issueDate, elements.totalAmount];
  return hasher.ofRequest(
    'verification',
    JSON.stringify([five ?? null, receiptId ?? null, provider ?? null, bill ?? null, ...basisWords(basis)]),
  );
}
