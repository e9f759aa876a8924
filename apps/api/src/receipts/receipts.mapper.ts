import type { ReceiptPage, ReceiptSummary, ReceiptView } from '@app/contracts';
import { READING_FAILURES, type Receipt } from '@app/receipts';

/** A receipt as the API shows it. */
export function toReceiptView(receipt: Receipt): ReceiptView {
  return { ...commonFields(receipt), pageImages: receipt.pagePictures ?? [], reading: receipt.reading };
}

/** A receipt as a row of the list: decision and elements, without the reading's evidence. */
export function toReceiptSummary(receipt: Receipt): ReceiptSummary {
  const bills = receipt.reading?.bills ?? [];
  return {
    ...commonFields(receipt),
    decision: receipt.reading?.decision ?? null,
    bills: bills.map(({ kind, decision, elements }) => ({ kind, decision, elements })),
  };
}

/** A page of the list. */
export function toReceiptPage({ items, next }: { items: readonly Receipt[]; next: string | null }): ReceiptPage {
  return { items: items.map(toReceiptSummary), next };
}

function commonFields(receipt: Receipt): Omit<ReceiptView, 'reading' | 'pageImages'> {
  const { id, fileName, mediaType, byteSize, sha256, state, failureCode } = receipt;
  return {
    id,
    fileName,
    mediaType,
    byteSize,
    sha256,
    state,
    failure: failureCode === null ? null : { code: failureCode, message: READING_FAILURES[failureCode] },
    createdAt: receipt.createdAt.toISOString(),
    readAt: receipt.readAt?.toISOString() ?? null,
  };
}
