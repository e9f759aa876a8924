import { z } from 'zod';
import { BillCode, BillNumber, CheckCode, IssueDate, TotalAmount } from './elements';
import { FieldName } from './reading';

/** A value as a person reads it on the page, where no shape is known. */
export const CorrectedText = z
  .string()
  .max(200, 'must be at most 200 characters')
  .regex(/^[^\p{Cc}\p{Cs}]+$/u, 'must be text on one line')
  .regex(/\S/u, 'must not be blank');

/** What a person says stands on a bill: the value of each field that was looked at, changed or not. Elements keep the shape they are verified in. */
export const CorrectedValues = z.strictObject({
  billCode: BillCode.optional(),
  billNumber: BillNumber.optional(),
  checkCode: CheckCode.optional(),
  issueDate: IssueDate.optional(),
  totalAmount: TotalAmount.optional(),
  title: CorrectedText.optional(),
  totalAmountInWords: CorrectedText.optional(),
  payer: CorrectedText.optional(),
  payerCreditCode: CorrectedText.optional(),
  payee: CorrectedText.optional(),
  reviewer: CorrectedText.optional(),
  cashier: CorrectedText.optional(),
  payerAgent: CorrectedText.optional(),
  payerAccount: CorrectedText.optional(),
  payerBank: CorrectedText.optional(),
  payeeCode: CorrectedText.optional(),
  payeeAccountName: CorrectedText.optional(),
  payeeAccount: CorrectedText.optional(),
  payeeBank: CorrectedText.optional(),
  operator: CorrectedText.optional(),
  payCode: CorrectedText.optional(),
} satisfies Record<FieldName, z.ZodType>);
export type CorrectedValues = z.infer<typeof CorrectedValues>;

/**
 * A person's review of one bill. It replaces the one before as a whole; without a field it takes that one back. `basedOn` is the version
 * that the person saw, 0 for none: who saw an older one than stands is refused, so that no review overwrites another unseen.
 */
export const CorrectionRequest = z.strictObject({ basedOn: z.int().min(0), fields: CorrectedValues });
export type CorrectionRequest = z.infer<typeof CorrectionRequest>;

/** One field of a review: the machine's value, null where it read none, and the person's. Equal values are a confirmation. */
export const FieldCorrection = z.strictObject({ from: z.string().nullable(), to: z.string() });
export type FieldCorrection = z.infer<typeof FieldCorrection>;

/** The review of a bill that stands. The reading is kept beside it as it was, and so is every earlier version. */
export const CorrectionView = z.strictObject({
  /** Which bill of the reading, from 1. */
  bill: z.int().min(1),
  /** From 1, one more with each review of the bill. */
  version: z.int().min(1),
  fields: z.partialRecord(FieldName, FieldCorrection),
  by: z.strictObject({ id: z.string(), name: z.string() }),
  at: z.iso.datetime(),
});
export type CorrectionView = z.infer<typeof CorrectionView>;
