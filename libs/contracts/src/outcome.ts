import { z } from 'zod';

/** Upstream provider: netocr is 翔云, jumdata is 聚美, generic is one that the installation describes by a file. */
export const ProviderId = z.enum(['netocr', 'jumdata', 'generic']);
export type ProviderId = z.infer<typeof ProviderId>;

/** What a verification attempt ended in, whichever provider answered. */
export const Outcome = z.enum([
  'MATCH',
  'MISMATCH',
  'NOT_FOUND',
  'FAILED_LIMIT',
  'DAILY_LIMIT',
  'OVER_WINDOW',
  'IRREGULAR',
  'FUTURE_DATE',
  'MISSING_PARAM',
  'BAD_LENGTH',
  'BAD_PARAM',
  'TYPE_ERROR',
  'IN_PROGRESS',
  'REGION_UNSUPPORTED',
  'BATCH_QTY',
  'PROVIDER_ERROR',
  'NETWORK_TIMEOUT',
  'ACCOUNT',
  'RATE',
  'UNKNOWN_CODE',
]);
export type Outcome = z.infer<typeof Outcome>;

/** 计费: `unknown` stays until it is reconciled with the provider's statement. */
export const Charge = z.enum(['charged', 'notCharged', 'unknown']);
export type Charge = z.infer<typeof Charge>;

const text = z.string().nullable();
const flag = z.boolean().nullable();

/** One row of the provider's 项目清单. An absent amount is normal. */
export const FaceItem = z.strictObject({
  sequence: text,
  itemCode: text,
  itemName: text,
  standard: text,
  unit: text,
  quantity: text,
  unitPrice: text,
  amount: text,
  itemRemark: text,
});
export type FaceItem = z.infer<typeof FaceItem>;

/** The bill's face as the provider tells it. What a provider does not give is null and shown as 未提供, never as 否. */
export const ProviderFace = z.strictObject({
  billCode: text,
  billNumber: text,
  checkCode: text,
  issueDate: text,
  totalAmount: text,
  totalAmountInWords: text,
  title: text,
  invoiceTypeText: text,
  regionName: text,
  payer: text,
  payerCreditCode: text,
  payee: text,
  payeeCode: text,
  reviewer: text,
  cashier: text,
  remark: text,
  reversed: flag,
  reversedDate: text,
  reversedTime: text,
  reversedReason: text,
  accounted: flag,
  printed: flag,
  verificationCount: z.int().nullable(),
  financeSealName: text,
  financeSealNumber: text,
  items: z.array(FaceItem),
  itemDetails: z.array(FaceItem),
  otherInfo: z.array(z.strictObject({ cn: z.string(), en: z.string(), value: z.string() })),
});
export type ProviderFace = z.infer<typeof ProviderFace>;
