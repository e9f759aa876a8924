import { z } from 'zod';
import { LocalizedText } from './text';

/** Corners in pixels of the page as shown (upright), clockwise from the text's top left. */
export const Quad = z.array(z.array(z.number()).length(2)).length(4);
export type Quad = z.infer<typeof Quad>;

/** Where a value was read from, surest first. `manual` is a person's correction. */
export const Source = z.enum(['xml', 'text', 'qr', 'ocr', 'manual']);
export type Source = z.infer<typeof Source>;

/** 票据种类. */
export const BillKind = z.enum([
  'medical-outpatient',
  'medical-inpatient',
  'non-tax',
  'non-tax-payment',
  'settlement',
  'donation',
  'membership-fee',
  'court-fee',
  'social-insurance',
  'union-fee',
  'other',
]);
export type BillKind = z.infer<typeof BillKind>;

/** Names of the printed fields a reading may carry; the first five are the elements. */
export const FieldName = z.enum([
  'billCode',
  'billNumber',
  'checkCode',
  'issueDate',
  'totalAmount',
  'title',
  'totalAmountInWords',
  'payer',
  'payerCreditCode',
  'payee',
  'reviewer',
  'cashier',
  'payerAgent',
  'payerAccount',
  'payerBank',
  'payeeCode',
  'payeeAccountName',
  'payeeAccount',
  'payeeBank',
  'operator',
  'payCode',
]);
export type FieldName = z.infer<typeof FieldName>;

/** A character of a value that may be another one: its place in the value, counted in code points from 0, and what else it may be, likeliest first. */
export const CharacterDoubt = z.strictObject({
  index: z.int().min(0),
  alternatives: z.array(z.strictObject({ text: z.string(), confidence: z.number().min(0).max(1) })),
});
export type CharacterDoubt = z.infer<typeof CharacterDoubt>;

/** One field as read. `raw` is the text as it stands on the page; `value` its canonical form. */
export const FieldReading = z.strictObject({
  value: z.string(),
  raw: z.string(),
  confidence: z.number().min(0).max(1),
  source: Source,
  page: z.int().min(1),
  quad: Quad.nullable(),
  /** Sources and checks that agree, such as `qr` or `amountWords`. */
  confirmedBy: z.array(z.string()),
  contradictedBy: z.array(z.string()),
  /** Other values the evidence allows, likeliest first. */
  alternatives: z.array(z.string()),
  /** Characters of `value` that a person should compare with the page, in their order. Readings stored before there were any have none. */
  doubts: z.array(CharacterDoubt).default([]),
});
export type FieldReading = z.infer<typeof FieldReading>;

/** One row of 项目清单. An amount that is not printed is an empty string. */
export const BillItem = z.strictObject({
  itemCode: z.string(),
  itemName: z.string(),
  unit: z.string(),
  quantity: z.string(),
  standard: z.string(),
  amount: z.string(),
  itemRemark: z.string(),
});
export type BillItem = z.infer<typeof BillItem>;

/** One label:value pair of 其他信息; `en` is empty when the label is not a known one. */
export const OtherInfo = z.strictObject({ cn: z.string(), en: z.string(), value: z.string() });
export type OtherInfo = z.infer<typeof OtherInfo>;

/** Why a person must look, or what a person should know. */
export const Reason = z.strictObject({ code: z.string(), field: FieldName.nullable(), message: LocalizedText });
export type Reason = z.infer<typeof Reason>;

/** A QR code or barcode found on the page: data to parse, never an address to open. */
export const PageCode = z.strictObject({ format: z.string(), text: z.string() });
export type PageCode = z.infer<typeof PageCode>;

/**
 * One electronic signature. `intact`: unchanged, by a signer whose certificate leads to a root that the operator installed; `untrusted`:
 * unchanged, but no such root; `altered`: it does not fit what it covers; `notChecked`: it could not be checked.
 */
export const Signature = z.strictObject({
  /** `pdf`, `ofd`, `xml`, or the name of a bill's own element that holds one. */
  kind: z.string(),
  state: z.enum(['intact', 'altered', 'untrusted', 'notChecked']),
  /** 内容摘要一致: the digests of what it covers fit; null where they were not compared. */
  digestMatches: z.boolean().nullable(),
  /** 签名有效: it fits those digests under the signer's key; null where that was not computed. */
  signatureValid: z.boolean().nullable(),
  /** Whether it covers the whole document. */
  coversWhole: z.boolean(),
  /** The name in the signer's certificate. */
  signer: z.string().nullable(),
  /** When the signer says it was made, in ISO 8601. */
  signedAt: z.string().nullable(),
});
export type Signature = z.infer<typeof Signature>;

export const BillDecision = z.enum(['auto', 'review']);
export type BillDecision = z.infer<typeof BillDecision>;

/** The five elements of one bill as read: an element that was not found is null, never a guess. */
export const ElementsRead = z.strictObject({
  billCode: z.string().nullable(),
  billNumber: z.string().nullable(),
  checkCode: z.string().nullable(),
  issueDate: z.string().nullable(),
  totalAmount: z.string().nullable(),
});
export type ElementsRead = z.infer<typeof ElementsRead>;

/** One bill found in a document. */
export const BillReading = z.strictObject({
  page: z.int().min(1),
  /** The bill's outline on the page, as fractions of the page's width and height. */
  outline: Quad,
  kind: BillKind,
  decision: BillDecision,
  reasons: z.array(Reason),
  elements: ElementsRead,
  fields: z.partialRecord(FieldName, FieldReading),
  items: z.array(BillItem),
  otherInfo: z.array(OtherInfo),
  seals: z.array(z.strictObject({ page: z.int().min(1), quad: Quad, text: z.string() })),
  codes: z.array(PageCode),
  signatures: z.array(Signature),
});
export type BillReading = z.infer<typeof BillReading>;

/** `auto`: every element certain. `review`: a person must look. `refuse`: not a fiscal bill. */
export const Decision = z.enum(['auto', 'review', 'refuse']);
export type Decision = z.infer<typeof Decision>;

/**
 * One page as it is to be shown, for placing quads: its size in pixels once it is upright, and by how many degrees clockwise
 * the picture (its EXIF orientation applied) must be turned to be so.
 */
export const ReadPage = z.strictObject({ width: z.int(), height: z.int(), turned: z.literal([0, 90, 180, 270]) });
export type ReadPage = z.infer<typeof ReadPage>;

/** What a document was read as. A public contract: `piaoyan read --json` and the receipts API give this shape. */
export const Reading = z.strictObject({
  decision: Decision,
  refusal: z.strictObject({ code: z.string(), message: LocalizedText }).nullable(),
  pages: z.array(ReadPage),
  bills: z.array(BillReading),
  /** Version of the checks by which it was decided; absent in readings stored before there were versions. */
  rulesVersion: z.int().min(1).optional(),
  timings: z.record(z.string(), z.number()),
});
export type Reading = z.infer<typeof Reading>;
