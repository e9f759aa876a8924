import { z } from 'zod';
import { Charge, Outcome, ProviderId } from './outcome';
import { BillDecision, BillKind, Decision, ElementsRead } from './reading';
import { ReceiptView } from './receipt';

/** A receipt as a row of a list: who wants the whole reading asks for the receipt itself. */
export const ReceiptSummary = ReceiptView.omit({ reading: true, pageImages: true, corrections: true, masked: true, erased: true }).extend({
  decision: Decision.nullable(),
  /** Elements as they stand: a person's where one corrected or confirmed any of the bill's fields, which `isReviewed` says, else as read. */
  bills: z.array(z.strictObject({ kind: BillKind, decision: BillDecision, elements: ElementsRead, isReviewed: z.boolean() })),
});
export type ReceiptSummary = z.infer<typeof ReceiptSummary>;

/** Newest first. `next` is the `before` of the following page, null on the last one. */
export const ReceiptPage = z.strictObject({ items: z.array(ReceiptSummary), next: z.uuid().nullable() });
export type ReceiptPage = z.infer<typeof ReceiptPage>;

/** 费用台账: one row for each attempt that was answered or given up. Cached and joined answers cost nothing and have no row. */
export const ChargeView = z.strictObject({
  attemptId: z.uuid(),
  verificationId: z.uuid(),
  provider: ProviderId,
  outcome: Outcome,
  /** As it is known now: a settlement closes what was `unknown`. */
  charge: Charge,
  /** Price of one call at that time in yuan, as a decimal with two to four places; owed only when `charge` is `charged`. */
  priceYuan: z.string(),
  /** No price of the contract was entered for that day: a placeholder is counted. */
  isPlaceholderPrice: z.boolean(),
  createdAt: z.iso.datetime(),
  /** When an unknown charge was settled; null where the call's own answer told the charge, or nobody did yet. */
  settledAt: z.iso.datetime().nullable(),
});
export type ChargeView = z.infer<typeof ChargeView>;

/** Newest first. `next` is the `before` of the following page, null on the last one. */
export const ChargePage = z.strictObject({ items: z.array(ChargeView), next: z.uuid().nullable() });
export type ChargePage = z.infer<typeof ChargePage>;

/** Query of the keyset lists: at most `limit` rows after (older than) the row with the id `before`. */
export const PageQuery = z.strictObject({ limit: z.coerce.number().int().min(1).max(200).default(50), before: z.uuid().optional() });
export type PageQuery = z.infer<typeof PageQuery>;
