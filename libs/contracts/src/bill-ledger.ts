import { z } from 'zod';
import { IssueDate, TotalAmount } from './elements';
import { Outcome } from './outcome';
import { BillKind, ElementsRead } from './reading';
import type { LocalizedText } from './text';
import { Verdict } from './verification';

/**
 * 票据状态: where a bill of the ledger stands. `match` is the only green one, and comes from the verdict `valid` alone.
 * `corrected`: a person said that the document shows another bill, and no other document shows this one.
 */
export const BillState = z.enum([
  'unverified',
  'review',
  'inProgress',
  'match',
  'reversalNotProvided',
  'mismatch',
  'notFound',
  'reversed',
  'unknown',
  'refused',
  'failed',
  'corrected',
]);
export type BillState = z.infer<typeof BillState>;

/** What the states are called. */
export const BILL_STATES: Readonly<Record<BillState, LocalizedText>> = {
  unverified: { 'zh-CN': '未查验', en: 'Not verified' },
  review: { 'zh-CN': '待人工', en: 'Needs review' },
  inProgress: { 'zh-CN': '查验中', en: 'Being verified' },
  match: { 'zh-CN': '一致', en: 'Match' },
  reversalNotProvided: { 'zh-CN': '一致（未提供冲红状态）', en: 'Match, reversal not provided' },
  mismatch: { 'zh-CN': '不一致', en: 'Mismatch' },
  notFound: { 'zh-CN': '查无此票', en: 'Not found' },
  reversed: { 'zh-CN': '已冲红', en: 'Reversed' },
  unknown: { 'zh-CN': '未知', en: 'Unknown' },
  refused: { 'zh-CN': '未受理', en: 'Refused' },
  failed: { 'zh-CN': '查验失败', en: 'Failed' },
  corrected: { 'zh-CN': '已更正', en: 'Corrected' },
};

/** What the kinds of bills are called. */
export const BILL_KINDS: Readonly<Record<BillKind, LocalizedText>> = {
  'medical-outpatient': { 'zh-CN': '医疗门诊收费票据', en: 'Medical, outpatient' },
  'medical-inpatient': { 'zh-CN': '医疗住院收费票据', en: 'Medical, inpatient' },
  'non-tax': { 'zh-CN': '非税收入统一票据', en: 'Non-tax revenue' },
  'non-tax-payment': { 'zh-CN': '非税收入一般缴款书', en: 'Non-tax payment slip' },
  settlement: { 'zh-CN': '资金往来结算票据', en: 'Settlement' },
  donation: { 'zh-CN': '公益事业捐赠票据', en: 'Donation' },
  'membership-fee': { 'zh-CN': '社会团体会费票据', en: 'Membership fee' },
  'court-fee': { 'zh-CN': '诉讼费票据', en: 'Court fee' },
  'social-insurance': { 'zh-CN': '社会保险费票据', en: 'Social insurance' },
  'union-fee': { 'zh-CN': '工会经费票据', en: 'Union fee' },
  other: { 'zh-CN': '其他', en: 'Other' },
};

/** What a bill's original is: the electronic file itself, or paper, of which the upload is a picture. */
export const OriginalKind = z.enum(['electronic', 'paper']);
export type OriginalKind = z.infer<typeof OriginalKind>;

/** What the kinds of originals are called. */
export const ORIGINAL_KINDS: Readonly<Record<OriginalKind, LocalizedText>> = {
  electronic: { 'zh-CN': '电子原件', en: 'Electronic' },
  paper: { 'zh-CN': '纸质原件', en: 'Paper' },
};

const by = z.strictObject({ id: z.string(), name: z.string() });
const flag = z.boolean().nullable();

/** 入账 as it stands. */
export const BookingView = z.strictObject({ voucher: z.string(), by, at: z.iso.datetime() });
export type BookingView = z.infer<typeof BookingView>;

/** A bill of the ledger: one per code and number, however many documents show it. */
export const BillView = z.strictObject({
  id: z.uuid(),
  state: BillState,
  /** Null for a bill that was only asked about. */
  kind: BillKind.nullable(),
  title: z.string().nullable(),
  payee: z.string().nullable(),
  /** As verified where it was, else as a person corrected or the machine read it. */
  elements: ElementsRead,
  /** The newest definite answer; `none` before there was one. */
  verdict: Verdict,
  /** Of the newest verification. */
  outcome: Outcome.nullable(),
  verificationId: z.uuid().nullable(),
  verifiedAt: z.iso.datetime().nullable(),
  /** Told by the provider; null is 未提供, never 否. */
  reversed: flag,
  accounted: flag,
  printed: flag,
  /** A certain reading of another document shows other elements than those that were verified: one of them is not the bill. */
  isContradicted: z.boolean(),
  /** How many uploads show the bill: above 1 it is a duplicate. */
  receiptCount: z.int().min(0),
  booking: BookingView.nullable(),
  /** Null until somebody said it. */
  originalKind: OriginalKind.nullable(),
  /** 归档位置: where the original is kept, such as the shelf mark of the paper. */
  archiveLocation: z.string().nullable(),
  firstSeenAt: z.iso.datetime(),
});
export type BillView = z.infer<typeof BillView>;

/** One upload that shows a bill, the first one first. `isSameFile`: byte for byte the first one. */
export const BillReceiptView = z.strictObject({
  receiptId: z.uuid(),
  /** Which bill of the receipt's reading, from 1. */
  bill: z.int().min(1),
  fileName: z.string(),
  sha256: z.string(),
  isSameFile: z.boolean(),
  uploadedBy: by,
  uploadedAt: z.iso.datetime(),
});
export type BillReceiptView = z.infer<typeof BillReceiptView>;

/** One act of 入账 or of taking it back. */
export const BookingActView = z.strictObject({
  act: z.enum(['book', 'undo']),
  voucher: z.string(),
  reason: z.string().nullable(),
  isOverride: z.boolean(),
  /** State of the bill at that moment. */
  state: BillState,
  by,
  at: z.iso.datetime(),
});
export type BookingActView = z.infer<typeof BookingActView>;

/** A bill with the uploads that show it (at most 100) and its bookings, oldest first. */
export const BillDetailView = BillView.extend({ receipts: z.array(BillReceiptView), bookings: z.array(BookingActView) });
export type BillDetailView = z.infer<typeof BillDetailView>;

/** `next` is the `cursor` of the following page, null on the last one. */
export const BillPage = z.strictObject({ items: z.array(BillView), next: z.string().nullable() });
export type BillPage = z.infer<typeof BillPage>;

const list = <T extends string>(values: z.ZodType<T>) =>
  z
    .string()
    .max(200, 'must be at most 200 characters')
    .transform((text) => text.split(','))
    .pipe(z.array(values).min(1) as unknown as z.ZodType<T[], string[]>);
const truth = z.enum(['true', 'false']).transform((text) => text === 'true');
const digits = z.string().regex(/^\d{1,20}$/, 'must be at most 20 digits');
const words = z
  .string()
  .max(100, 'must be at most 100 characters')
  .regex(/[\p{L}\p{N}]/u, 'must hold a letter or a digit');

const some = <T extends string>(values: z.ZodType<T>) => z.array(values).min(1, 'must name at least one').max(20, 'must name at most 20');
const cursor = z.string().regex(/^[0-9a-z:.-]{1,100}$/, 'must be the next of a page');

/** Which bills of the ledger. Days are inclusive and in Asia/Shanghai, amounts are inclusive. */
export const BillFilter = z.strictObject({
  /** Words that must all occur: any part of payee, title and item names; of voucher and file name whole words, or any two Chinese characters and more. */
  q: words.optional(),
  /** Part of the payee's name. */
  payee: words.optional(),
  billCode: digits.optional(),
  billNumber: digits.optional(),
  checkCode: z
    .string()
    .regex(/^[0-9A-Za-z]{1,20}$/, 'must be letters and digits')
    .optional(),
  state: some(BillState).optional(),
  kind: some(BillKind).optional(),
  issuedFrom: IssueDate.optional(),
  issuedTo: IssueDate.optional(),
  amountFrom: TotalAmount.optional(),
  amountTo: TotalAmount.optional(),
  verifiedFrom: IssueDate.optional(),
  verifiedTo: IssueDate.optional(),
  booked: z.boolean().optional(),
  originalKind: OriginalKind.optional(),
  /** The whole place, as it was set. */
  archiveLocation: z.string().trim().min(1, 'must not be empty').max(100, 'must be at most 100 characters').optional(),
  /** Bills that several uploads show. */
  duplicate: z.boolean().optional(),
});
export type BillFilter = z.infer<typeof BillFilter>;

/** `newest`: first seen last. Each order is descending; bills without a date or an amount come last. */
export const BillSort = z.enum(['newest', 'issueDate', 'amount']);
export type BillSort = z.infer<typeof BillSort>;

/**
 * The ledger in the order of `newest`, narrowed by what says nothing of a bill; lists are separated by commas. Names, numbers, days and
 * amounts are asked in the body of a search: addresses are logged on their way.
 */
export const BillListQuery = z.strictObject({
  state: list(BillState).optional(),
  kind: list(BillKind).optional(),
  booked: truth.optional(),
  duplicate: truth.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: cursor.optional(),
});
export type BillListQuery = z.infer<typeof BillListQuery>;

/** A search of the ledger. Without `sort`, a range of days or amounts sorts by itself, and all else by `newest`. */
export const BillSearchRequest = BillFilter.extend({
  sort: BillSort.optional(),
  limit: z.int().min(1).max(200).default(50),
  cursor: cursor.optional(),
});
export type BillSearchRequest = z.infer<typeof BillSearchRequest>;

/**
 * Bills by who paid them: the whole name or credit code as the bill or the provider gives it, apart from widths of characters and blanks.
 * It is asked in a body, because addresses are logged on their way. Newest first.
 */
export const BillPayerQuery = z
  .strictObject({
    payer: words.optional(),
    payerCreditCode: z
      .string()
      .regex(/^[0-9A-Za-z]{1,30}$/, 'must be letters and digits')
      .optional(),
    limit: z.int().min(1).max(200).default(50),
    cursor: cursor.optional(),
  })
  .refine(({ payer, payerCreditCode }) => payer !== undefined || payerCreditCode !== undefined, {
    path: ['payer'],
    message: 'or a payerCreditCode is required',
  });
export type BillPayerQuery = z.infer<typeof BillPayerQuery>;

/** An export: the filters of a search, in the order of `newest`. */
export const BillExportRequest = BillFilter.extend({
  format: z.enum(['xlsx', 'csv']),
  language: z.enum(['zh-CN', 'en']).default('zh-CN'),
});
export type BillExportRequest = z.infer<typeof BillExportRequest>;

const line = z
  .string()
  .max(200, 'must be at most 200 characters')
  .regex(/^[^\p{Cc}\p{Cs}]+$/u, 'must be text on one line')
  .regex(/\S/u, 'must not be blank');

/** 入账. A bill in any other state than `match`, or a contradicted one, needs `override` and a reason. */
export const BookingRequest = z
  .strictObject({
    voucher: line.max(100, 'must be at most 100 characters'),
    override: z.boolean().default(false),
    reason: line.optional(),
  })
  .refine(({ override, reason }) => !override || reason !== undefined, { message: 'is required with override', path: ['reason'] });
export type BookingRequest = z.infer<typeof BookingRequest>;

/** Takes 入账 back. */
export const BookingUndoRequest = z.strictObject({ reason: line });
export type BookingUndoRequest = z.infer<typeof BookingUndoRequest>;

/** What a bill's original is and where it is kept. A place without a kind is no place; both null take it back. */
export const BillOriginRequest = z
  .strictObject({
    originalKind: OriginalKind.nullable(),
    archiveLocation: line.trim().max(100, 'must be at most 100 characters').nullable(),
  })
  .refine(({ originalKind, archiveLocation }) => archiveLocation === null || originalKind !== null, {
    message: 'is required with an archiveLocation',
    path: ['originalKind'],
  });
export type BillOriginRequest = z.infer<typeof BillOriginRequest>;
