import type { FieldName } from '@app/contracts';

/** Fields of a reading that a provider's face may repeat, under the same names. */
export const COMPARED_FIELDS = [
  'payer',
  'payerCreditCode',
  'payee',
  'payeeCode',
  'title',
  'totalAmountInWords',
  'reviewer',
  'cashier',
] as const satisfies readonly FieldName[];

/** What stood on a bill as it was read or reviewed: values in their canonical form; the amount of a row may be an empty string. */
export interface ReadFace {
  fields: Partial<Record<(typeof COMPARED_FIELDS)[number], string>>;
  items: { itemName: string; amount: string }[];
}
