import type { Tx } from '@app/database';
import type { Bill, BillElements } from './bill';
import type { BillSecrets } from './bill-secrets';

/** A row of the table `bill`, as `BILL_COLUMNS` selects it. */
export interface BillRow extends Omit<Bill, 'checkCode' | 'issueDate' | 'amountFen' | 'booking'> {
  checkCodeSealed: Buffer | null;
  issueDate: string;
  amountFen: string;
  bookedAt: Date | null;
  bookedBy: string | null;
  bookedByName: string | null;
  voucher: string | null;
}

/** What stands for a day and an amount that are not known, so that every row has a place in the order. */
export const NO_DAY = '0001-01-01';
export const NO_AMOUNT = '-1';

/** Every column, of the table or alias `b`. A day as text: the driver would make an instant of it. */
export const BILL_COLUMNS = `b.id, b.bill_code as "billCode", b.bill_number as "billNumber", b.check_code_sealed as "checkCodeSealed",
  b.issue_date::text as "issueDate", b.amount_fen::text as "amountFen", b.kind, b.title, b.payee, b.reading, b.state, b.verdict,
  b.verification_state as "verificationState", b.outcome, b.verification_id as "verificationId", b.verified_at as "verifiedAt",
  b.reversed, b.accounted, b.printed, b.is_contradicted as "isContradicted", b.receipt_count as "receiptCount", b.texts,
  b.item_terms as "itemTerms", b.name_terms as "nameTerms", b.payer_hash as "payerHash", b.payer_code_hash as "payerCodeHash", b.booked_at as "bookedAt", b.booked_by as "bookedBy", b.booked_by_name as "bookedByName", b.voucher,
  b.original_kind as "originalKind", b.archive_location as "archiveLocation",
  b.first_seen_at as "firstSeenAt", b.last_seen_at as "lastSeenAt"`;

/** The bill of a row, its check code opened. @throws UnsealError */
export async function billOf(secrets: BillSecrets, tx: Tx, row: BillRow): Promise<Bill> {
  return { ...shownBill(row), checkCode: await secrets.openCheckCode(tx, row.id, row.checkCodeSealed) };
}

function shownBill({
  checkCodeSealed: _,
  issueDate,
  amountFen,
  bookedAt,
  bookedBy,
  bookedByName,
  voucher,
  ...row
}: BillRow): Omit<Bill, 'checkCode'> {
  const isBooked = bookedAt !== null && bookedBy !== null && bookedByName !== null && voucher !== null;
  return {
    ...row,
    issueDate: issueDate === NO_DAY ? null : issueDate,
    amountFen: amountFen === NO_AMOUNT ? null : BigInt(amountFen),
    booking: isBooked ? { voucher, by: bookedBy, byName: bookedByName, at: bookedAt } : null,
  };
}

/** Day and 分 as the columns take them. */
export function elementValues({ issueDate, amountFen }: BillElements): [string, string] {
  return [issueDate ?? NO_DAY, amountFen?.toString() ?? NO_AMOUNT];
}
