import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FieldName } from '@app/contracts';
import { z } from 'zod';

const Item = z.object({
  code: z.string().default(''),
  name: z.string(),
  quantity: z.string().default(''),
  unit: z.string().default(''),
  standard: z.string().default(''),
  amount: z.string(),
});

/** What each field of a reading is called in a truth.json. */
const TRUTH_NAMES = {
  billCode: 'code',
  billNumber: 'number',
  checkCode: 'checkCode',
  issueDate: 'issueDate',
  totalAmount: 'amount',
  title: 'title',
  totalAmountInWords: 'amountCN',
  payer: 'payer',
  payerCreditCode: 'payerCreditCode',
  payee: 'payee',
  reviewer: 'reviewer',
  cashier: 'cashier',
  payerAgent: 'payerAgent',
  payerAccount: 'payerAccount',
  payerBank: 'payerBank',
  payeeCode: 'payeeCode',
  payeeAccountName: 'payeeAccountName',
  payeeAccount: 'payeeAccount',
  payeeBank: 'payeeBank',
  operator: 'operator',
  payCode: 'payCode',
} as const satisfies Record<FieldName, string>;

const Bill = z.object({
  title: z.string(),
  code: z.string(),
  number: z.string(),
  checkCode: z.string(),
  issueDate: z.iso.date(),
  amount: z.string(),
  amountCN: z.string(),
  payer: z.string(),
  payerCreditCode: z.string(),
  payee: z.string(),
  reviewer: z.string(),
  cashier: z.string(),
  payerAgent: z.string().optional(),
  payerAccount: z.string().optional(),
  payerBank: z.string().optional(),
  payeeCode: z.string().optional(),
  payeeAccountName: z.string().optional(),
  payeeAccount: z.string().optional(),
  payeeBank: z.string().optional(),
  operator: z.string().optional(),
  payCode: z.string().optional(),
  items: z.array(Item),
  other: z.array(z.object({ cn: z.string(), value: z.string() })),
  page: z.int().min(1).default(1),
});

const Expectation = z.enum(['read', 'review', 'refuse']);

const DocumentRow = z.object({
  file: z.string(),
  form: z.string(),
  note: z.string().default(''),
  expect: Expectation,
  why: z.string().default(''),
  absent: z.array(z.string()).default([]),
  bills: z.array(Bill),
});

/** A row of a folder of receipts is a bill itself. */
const ReceiptRow = Bill.extend({ file: z.string(), mode: z.string() });

const Truth = z.array(z.union([DocumentRow, ReceiptRow]));

/** `read`: to be read in full. `review`: a bill that contradicts itself. `refuse`: no fiscal bill. */
export type Expectation = z.infer<typeof Expectation>;

/** One row of 项目清单 as printed; what is not printed is an empty string. */
export type ExpectedItem = z.infer<typeof Item>;

/** One bill as printed, in canonical values; a field that is not on it is an empty string, one that the truth file does not name is not compared. */
export interface ExpectedBill {
  page: number;
  fields: Partial<Record<FieldName, string>>;
  items: ExpectedItem[];
  other: { cn: string; value: string }[];
}

/** One file of a data folder and what a reader should make of it. */
export interface ExpectedDocument {
  path: string;
  file: string;
  form: string;
  note: string;
  expect: Expectation;
  /** Why it is to be reviewed or refused. */
  why: string;
  /** Fields that the file does not carry. */
  absent: FieldName[];
  bills: ExpectedBill[];
}

/** The files of a folder of documents, or of receipts with one bill each, from its truth.json. */
export function readExpectations(folder: string): ExpectedDocument[] {
  return parseExpectations(folder, JSON.parse(readFileSync(join(folder, 'truth.json'), 'utf8')));
}

/** The same from what stands in a truth.json. */
export function parseExpectations(folder: string, truth: unknown): ExpectedDocument[] {
  return Truth.parse(truth).map((row) => {
    const { file } = row;
    const document = 'bills' in row ? row : receipt(row);
    return {
      path: join(folder, file),
      file,
      form: document.form,
      note: document.note,
      expect: document.expect,
      why: document.why,
      absent: FieldName.options.filter((name) => document.absent.includes(TRUTH_NAMES[name])),
      bills: document.bills.map(expectedBill),
    };
  });
}

function receipt(row: z.infer<typeof ReceiptRow>): Omit<z.infer<typeof DocumentRow>, 'file'> {
  return { form: `receipt-${row.mode}`, note: '', expect: 'read', why: '', absent: [], bills: [row] };
}

function expectedBill(bill: z.infer<typeof Bill>): ExpectedBill {
  const fields = FieldName.options.flatMap((name) => {
    const printed = bill[TRUTH_NAMES[name]];
    return printed === undefined ? [] : [[name, printed] as const];
  });
  return { page: bill.page, fields: Object.fromEntries(fields), items: bill.items, other: bill.other };
}
