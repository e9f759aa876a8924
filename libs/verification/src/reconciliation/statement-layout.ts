import { z } from 'zod';
import { STATEMENT_FIELDS, StatementError, type StatementField } from './statement';

/**
 * How a provider lays its statement out, where that differs from what is known: the header of a column by our name for it, how times are
 * written (`YYYY`, `MM`, `DD`, `HH`, `mm`, `ss`; always Asia/Shanghai), and the words for charged and not charged.
 */
export const StatementLayout = z.strictObject({
  columns: z.partialRecord(z.enum(STATEMENT_FIELDS), z.string().min(1)).default({}),
  timeFormat: z
    .string()
    .max(40)
    .refine((format) => ['YYYY', 'MM', 'DD', 'HH', 'mm'].every((token) => format.split(token).length === 2), {
      message: 'must have YYYY, MM, DD, HH and mm once each',
    })
    .optional(),
  charged: z.array(z.string().min(1)).default([]),
  notCharged: z.array(z.string().min(1)).default([]),
});
export type StatementLayout = z.infer<typeof StatementLayout>;

/** What providers call their columns, in both languages; compared without case, blanks and a unit in brackets. */
const HEADERS: Readonly<Record<StatementField, readonly string[]>> = {
  time: ['调用时间', '查验时间', 'time', 'calltime'],
  taskNumber: ['任务号', '任务编号', 'tasknumber', 'taskno'],
  billCode: ['票据代码', 'billcode'],
  billNumber: ['票据号码', 'billnumber'],
  checkCode: ['校验码', 'checkcode'],
  issueDate: ['开票日期', 'issuedate'],
  totalAmount: ['金额', '票面金额', 'amount', 'totalamount'],
  code: ['返回码', '结果码', 'resultcode', 'code'],
  charged: ['是否计费', '计费', 'charged'],
  fee: ['费用', 'fee'],
};

/** What the statement is charged with, in words. */
const CHARGED_WORDS = ['是', '计费', '已计费', '收费', 'yes', 'y', 'true', '1'];
const FREE_WORDS = ['否', '不计费', '未计费', '免费', 'no', 'n', 'false', '0'];

/** Where each field stands in a row. */
export type Columns = Readonly<Partial<Record<StatementField, number>>>;

/**
 * Finds the columns of a statement by its header.
 * @throws StatementError when a needed one is missing, or two have the same name
 */
export function columnsOf(header: readonly string[], layout: StatementLayout): Columns {
  const names = header.map(bare);
  const columns: Partial<Record<StatementField, number>> = {};
  for (const field of STATEMENT_FIELDS) {
    const given = layout.columns[field];
    const wanted = given === undefined ? HEADERS[field] : [bare(given)];
    const found = names.flatMap((name, at) => (wanted.includes(name) ? [at] : []));
    if (found.length > 1) throw new StatementError(`the statement has ${found.length} columns for "${field}"`);
    if (found[0] !== undefined) columns[field] = found[0];
    else if (given !== undefined) throw new StatementError(`the statement has no column for "${field}" as --columns names it`);
  }
  assertComplete(columns);
  return columns;
}

/** Whether a cell says charged; null where it says neither. */
export function isChargedWord(cell: string, layout: StatementLayout): boolean | null {
  const word = bare(cell);
  if (layout.charged.some((own) => bare(own) === word)) return true;
  if (layout.notCharged.some((own) => bare(own) === word)) return false;
  if (CHARGED_WORDS.includes(word)) return true;
  return FREE_WORDS.includes(word) ? false : null;
}

function assertComplete(columns: Columns): void {
  const missing = (['time', 'charged'] as const).filter((field) => columns[field] === undefined);
  const hasBill = columns.billCode !== undefined && columns.billNumber !== undefined;
  if (missing.length > 0 || !(hasBill || columns.taskNumber !== undefined))
    throw new StatementError(
      `the statement needs columns for the time, for charged, and for the bill's code and number or the task number; missing: ${[
        ...missing,
        ...(hasBill || columns.taskNumber !== undefined ? [] : ['billCode', 'billNumber']),
      ].join(', ')}. Name them by --columns`,
    );
}

function bare(text: string): string {
  return text
    .replace(/[（(]元[)）]$/, '')
    .replace(/[\s_-]/g, '')
    .toLowerCase();
}
