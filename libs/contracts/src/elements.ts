import { z } from 'zod';

/** 票据代码: region 2 + class 2 + sort 2 + year 2 digits. A string: leading zeros are normal. */
export const BillCode = z.string().regex(/^\d{8}$/, 'must be 8 digits');

/** 票据号码: a running number of 10 digits. A string: leading zeros are normal. */
export const BillNumber = z.string().regex(/^\d{10}$/, 'must be 10 digits');

/** 校验码: 6 alphanumerics, case kept. Never a number and never "repaired" to digits. */
export const CheckCode = z.string().regex(/^[0-9A-Za-z]{6}$/, 'must be 6 letters or digits');

/** 开票日期: a calendar day in Asia/Shanghai, never an instant. */
export const IssueDate = z.iso.date('must be a real day as YYYY-MM-DD');

/** 金额合计（小写）: exact decimal with two places, no separators. Never a float. */
export const TotalAmount = z.string().regex(/^(0|[1-9]\d{0,11})\.\d{2}$/, 'must be a decimal with two places, such as 486.20');

/**
 * The five elements that identify and verify a fiscal bill, and the only facts of a bill that may leave the appliance.
 * Strict: a sixth key is refused.
 */
export const Elements = z.strictObject({
  billCode: BillCode,
  billNumber: BillNumber,
  checkCode: CheckCode,
  issueDate: IssueDate,
  totalAmount: TotalAmount,
});
export type Elements = z.infer<typeof Elements>;

export const ELEMENT_NAMES = ['billCode', 'billNumber', 'checkCode', 'issueDate', 'totalAmount'] as const;
export type ElementName = (typeof ELEMENT_NAMES)[number];
