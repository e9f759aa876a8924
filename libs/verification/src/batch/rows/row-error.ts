import type { BatchColumn, LocalizedText } from '@app/contracts';
import { BATCH_HEADERS } from '../batch-columns';

const text = (zh: string, en: string): LocalizedText => ({ 'zh-CN': zh, en });

/** What may be wrong with a row, and what to do about it. The messages follow the column's name. */
const MESSAGES = {
  missing: text('未填写', 'is missing'),
  tooShort: text(
    '位数不足：Excel 可能删去了前导零，请将该列设为“文本”格式后重新填写',
    'has too few digits: Excel may have removed leading zeros; format the column as text and enter it again',
  ),
  tooLong: text('位数过多', 'has too many characters'),
  notDigits: text('只能是数字', 'must be digits only'),
  notAlphanumeric: text('只能是 6 位字母或数字', 'must be 6 letters or digits'),
  scientific: text(
    '被 Excel 显示为科学计数法，原内容已丢失，请将该列设为“文本”格式后重新填写',
    'was turned into scientific notation by Excel and is lost; format the column as text and enter it again',
  ),
  notDate: text('不是有效日期，请填写如 2026-07-12', 'is no real day; write it as 2026-07-12'),
  futureDate: text('晚于今天', 'is after today'),
  overWindow: text('早于一年前，无法在线查验', 'is more than a year ago; such a bill cannot be verified online'),
  notAmount: text('不是有效金额，请填写如 486.20', 'is no amount; write it as 486.20'),
  tooManyDecimals: text('超过两位小数', 'has more than two decimals'),
  notPositive: text('必须大于零', 'must be above zero'),
  referenceTooLong: text('超过 100 个字符', 'has more than 100 characters'),
  formulaError: text('是 Excel 公式错误', 'is an error of an Excel formula'),
} as const satisfies Record<string, LocalizedText>;

export type RowErrorCode = keyof typeof MESSAGES;

/** One thing that is wrong with one cell. */
export interface RowError {
  column: BatchColumn;
  code: RowErrorCode;
}

/** What a person is told about an error, in both languages. */
export function rowErrorMessage({ column, code }: RowError): LocalizedText {
  const name = BATCH_HEADERS[column];
  return { 'zh-CN': `${name['zh-CN']}${MESSAGES[code]['zh-CN']}`, en: `${name.en} ${MESSAGES[code].en}` };
}
