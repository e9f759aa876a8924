import type { BillDetailView, BillPage, BillView } from '@app/contracts';
import { type Bill, type BillDetail, type BillReceipt, type BookingAct, yuan } from '@app/receipts';

/** A bill of the ledger as the API shows it. */
export function toBillView(bill: Bill): BillView {
  const { id, state, kind, title, payee, outcome, verificationId, reversed, accounted, printed, isContradicted, receiptCount, booking } =
    bill;
  return {
    ...{ id, state, kind, title, payee },
    elements: {
      billCode: bill.billCode,
      billNumber: bill.billNumber,
      checkCode: bill.checkCode,
      issueDate: bill.issueDate,
      totalAmount: bill.amountFen === null ? null : yuan(bill.amountFen),
    },
    verdict: bill.verdict ?? 'none',
    ...{ outcome, verificationId },
    verifiedAt: bill.verifiedAt?.toISOString() ?? null,
    ...{ reversed, accounted, printed, isContradicted, receiptCount },
    booking: booking && { voucher: booking.voucher, by: { id: booking.by, name: booking.byName }, at: booking.at.toISOString() },
    originalKind: bill.originalKind,
    archiveLocation: bill.archiveLocation,
    firstSeenAt: bill.firstSeenAt.toISOString(),
  };
}

/** A page of the ledger. */
export function toBillPage({ items, next }: { items: readonly Bill[]; next: string | null }): BillPage {
  return { items: items.map(toBillView), next };
}

/** A bill with what happened to it. */
export function toBillDetailView({ bill, receipts, acts }: BillDetail): BillDetailView {
  const first = receipts[0]?.sha256;
  return {
    ...toBillView(bill),
    receipts: receipts.map((receipt) => toReceiptOfBill(receipt, receipt.sha256 === first)),
    bookings: acts.map(toBookingAct),
  };
}

function toReceiptOfBill(receipt: BillReceipt, isSameFile: boolean): BillDetailView['receipts'][number] {
  const { receiptId, billIndex, fileName, sha256, uploadedBy, uploadedByName, uploadedAt } = receipt;
  const by = { id: uploadedBy, name: uploadedByName };
  return { receiptId, bill: billIndex, fileName, sha256, isSameFile, uploadedBy: by, uploadedAt: uploadedAt.toISOString() };
}

function toBookingAct({ act, voucher, reason, isOverride, state, by, byName, at }: BookingAct): BillDetailView['bookings'][number] {
  return { act, voucher, reason, isOverride, state, by: { id: by, name: byName }, at: at.toISOString() };
}
