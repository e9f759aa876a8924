import type { CorrectionView, ReceiptPage, ReceiptSummary, ReceiptView } from '@app/contracts';
import { maskCorrection, maskReading, withoutAddresses } from '@app/masking';
import { type Correction, READING_FAILURES, type Receipt, type ReceiptDetail } from '@app/receipts';
import { toBasisViews } from '../http/bases.mapper';

/** Whether the caller is shown personal fields masked. */
export interface Shown {
  masked: boolean;
}

/** A receipt as the API shows it. */
export function toReceiptView({ receipt, corrections, bases }: ReceiptDetail, { masked }: Shown): ReceiptView {
  const shown = masked ? maskReading : withoutAddresses;
  return {
    ...commonFields(receipt),
    pageImages: receipt.pagePictures ?? [],
    reading: receipt.reading && shown(receipt.reading),
    corrections: corrections.map((correction) => toCorrectionView(correction, { masked })),
    masked,
    erased: receipt.erased,
    ...(bases && { bases: toBasisViews(bases, { masked }) }),
  };
}

/** A receipt as a row of the list: decision and elements, without the reading's evidence. */
export function toReceiptSummary({ receipt, corrections }: ReceiptDetail): ReceiptSummary {
  const bills = receipt.reading?.bills ?? [];
  return {
    ...commonFields(receipt),
    decision: receipt.reading?.decision ?? receipt.decision,
    bills: bills.map(({ kind, decision, elements }, at) => {
      const correction = corrections.find(({ billNumber }) => billNumber === at + 1);
      const isReviewed = correction !== undefined && Object.keys(correction.fields).length > 0;
      return { kind, decision, elements: correction?.over(elements) ?? elements, isReviewed };
    }),
  };
}

/** A page of the list. */
export function toReceiptPage({ items, next }: { items: readonly ReceiptDetail[]; next: string | null }): ReceiptPage {
  return { items: items.map(toReceiptSummary), next };
}

/** A review of a bill. */
export function toCorrectionView(correction: Correction, { masked }: Shown): CorrectionView {
  const { billNumber, version, createdBy, createdByName, createdAt } = correction;
  const fields = masked ? maskCorrection(correction.fields) : correction.fields;
  return { bill: billNumber, version, fields, by: { id: createdBy, name: createdByName }, at: createdAt.toISOString() };
}

function toFault({ originalFault, originalFaultAt }: Receipt): ReceiptView['originalFault'] {
  return originalFault === null || originalFaultAt === null ? null : { kind: originalFault, foundAt: originalFaultAt.toISOString() };
}

function commonFields(receipt: Receipt): Omit<ReceiptView, 'reading' | 'pageImages' | 'corrections' | 'masked' | 'erased' | 'bases'> {
  const { id, fileName, mediaType, byteSize, sha256, state, failureCode } = receipt;
  return {
    id,
    fileName,
    mediaType,
    byteSize,
    sha256,
    state,
    failure: failureCode === null ? null : { code: failureCode, message: READING_FAILURES[failureCode] },
    originalFault: toFault(receipt),
    createdAt: receipt.createdAt.toISOString(),
    readAt: receipt.readAt?.toISOString() ?? null,
  };
}
