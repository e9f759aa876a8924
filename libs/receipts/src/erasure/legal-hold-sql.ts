/** Words by which erasing and placing holds wait for one another: what is held is not erased, and what is erased is not held in vain. */
export const HOLD_WORDS = 'legal-hold';

/** Condition: a hold stands on the receipt of the alias `receipt`, or on a bill that it shows. */
export function isReceiptHeld(receipt: string): string {
  return `exists (select from legal_hold h where h.tenant_id = ${receipt}.tenant_id and h.released_at is null and (
    (h.target_type = 'receipt' and h.target_id = ${receipt}.id)
    or (h.target_type = 'bill' and h.target_id in (
      select l.bill_id from bill_receipt l where l.tenant_id = ${receipt}.tenant_id and l.receipt_id = ${receipt}.id))))`;
}

/** Condition: a hold stands on the bill that the verification of the alias asked about, on its receipt, or on a bill that this shows. */
export function isVerificationHeld(verification: string): string {
  const tenant = `${verification}.tenant_id`;
  return `exists (select from legal_hold h where h.tenant_id = ${tenant} and h.released_at is null and (
    (h.target_type = 'receipt' and h.target_id = ${verification}.receipt_id)
    or (h.target_type = 'bill' and h.target_id in (
      select b.id from bill b where b.tenant_id = ${tenant} and b.bill_code = ${verification}.bill_code
        and b.bill_number = ${verification}.bill_number
      union all
      select l.bill_id from bill_receipt l where l.tenant_id = ${tenant} and l.receipt_id = ${verification}.receipt_id))))`;
}
