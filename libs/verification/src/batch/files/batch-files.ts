import { BATCH_COLUMNS, type BatchFileQuery, type LocalizedText } from '@app/contracts';
import { type Column, type Row, type Sheet, writeCsv, writeXlsx } from '@app/tabular';
import { BATCH_HEADERS } from '../batch-columns';
import { problemsOf } from '../row-problems';
import { summaryRows } from './result-summary';
import { type BatchResult, resultColumns, resultRows } from './result-rows';

/** A file to be handed out. */
export interface BatchFile {
  fileName: string;
  mediaType: string;
  bytes: AsyncIterable<Buffer>;
}

const MEDIA_TYPES = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8',
} as const;

const text = (zh: string, en: string): LocalizedText => ({ 'zh-CN': zh, en });

const NAMES = {
  template: text('批量查验模板', 'verification-template'),
  result: text('批量查验结果', 'verification-result'),
  errors: text('批量查验错误', 'verification-errors'),
} as const;

const SHEETS = {
  rows: text('票据', 'Bills'),
  help: text('说明', 'Explanations'),
  result: text('查验结果', 'Result'),
  summary: text('汇总', 'Summary'),
  errors: text('错误', 'Errors'),
} as const;

/** Rows of the template that take what is typed or pasted as text, so that no zero is lost. */
const BLANK_ROWS = 1_000;

/** What stands in each column, with an example. Nothing in it is a real bill: no region has the number 99. */
const EXPLANATIONS: Readonly<Record<(typeof BATCH_COLUMNS)[number], { example: string; text: LocalizedText }>> = {
  billCode: { example: '99060126', text: text('8 位数字，保留前导零', '8 digits, leading zeros kept') },
  billNumber: { example: '0041207735', text: text('10 位数字，保留前导零', '10 digits, leading zeros kept') },
  checkCode: { example: '1e9030', text: text('6 位字母或数字，区分大小写', '6 letters or digits; upper and lower case differ') },
  issueDate: { example: '2026-07-12', text: text('开票日期，一年以内', 'Day of issue, within the last year') },
  totalAmount: { example: '486.20', text: text('票面总金额（元），两位小数', 'Total of the bill in yuan, two decimals') },
  reference: {
    example: '',
    text: text(
      '自用备注，至多 100 字，原样返回，不会发送给查验渠道',
      'Your own note, up to 100 characters; given back, never sent to the provider',
    ),
  },
};

/** An empty table to fill in. */
export function templateFile({ format, language }: BatchFileQuery): BatchFile {
  const columns = BATCH_COLUMNS.map((key): Column => ({ key, header: BATCH_HEADERS[key][language], kind: 'text', width: 20 }));
  if (format === 'csv') return file('template', { format, language }, writeCsv(columns, []));
  const help: Sheet = {
    name: SHEETS.help[language],
    columns: [
      { key: 'column', header: text('列', 'Column')[language], kind: 'text' },
      { key: 'example', header: text('示例（请勿照填）', 'Example (made up)')[language], kind: 'text', width: 20 },
      { key: 'text', header: text('填写说明', 'What to fill in')[language], kind: 'text', width: 70 },
    ],
    rows: BATCH_COLUMNS.map((key) => ({
      column: BATCH_HEADERS[key][language],
      example: EXPLANATIONS[key].example,
      text: EXPLANATIONS[key].text[language],
    })),
  };
  return file(
    'template',
    { format, language },
    workbook([{ name: SHEETS.rows[language], columns, rows: [], blankRows: BLANK_ROWS }, help]),
  );
}

/** Every row with what became of it, and a sheet that sums it up; CSV has the rows alone. */
export function resultFile(result: BatchResult, { format, language }: BatchFileQuery): BatchFile {
  const columns = resultColumns(language);
  const rows = resultRows(result, language);
  if (format === 'csv') return file('result', { format, language }, writeCsv(columns, rows));
  const summary: Sheet = {
    name: SHEETS.summary[language],
    columns: [
      { key: 'name', header: text('项目', 'Item')[language], kind: 'text', width: 32 },
      { key: 'value', header: text('数值', 'Value')[language], kind: 'text', width: 40 },
    ],
    rows: summaryRows(result, language),
  };
  return file('result', { format, language }, workbook([{ name: SHEETS.result[language], columns, rows }, summary]));
}

/** The rows that cannot be asked, each error on a line of its own. */
export function errorsFile({ rows }: BatchResult, { format, language }: BatchFileQuery): BatchFile {
  const columns: Column[] = [
    { key: 'row', header: text('序号', 'No.')[language], kind: 'integer', width: 8 },
    { key: 'line', header: text('文件行号', 'Line')[language], kind: 'integer', width: 8 },
    { key: 'column', header: text('列', 'Column')[language], kind: 'text' },
    { key: 'given', header: text('填写内容', 'As given')[language], kind: 'text', width: 24 },
    { key: 'code', header: text('错误代码', 'Code')[language], kind: 'text', width: 20 },
    { key: 'message', header: text('说明', 'Message')[language], kind: 'text', width: 70 },
    { key: 'receiptId', header: text('票据影像编号', 'Receipt id')[language], kind: 'text', width: 38 },
  ];
  const lines = rows.flatMap(({ row }) =>
    problemsOf(row).map(({ column, code, message, receiptId }): Row => ({
      row: String(row.number),
      line: row.line === null ? null : String(row.line),
      column: column && BATCH_HEADERS[column][language],
      given: column && (row.given?.[column] ?? null),
      code,
      message: message[language],
      receiptId,
    })),
  );
  const bytes = format === 'csv' ? writeCsv(columns, lines) : workbook([{ name: SHEETS.errors[language], columns, rows: lines }]);
  return file('errors', { format, language }, bytes);
}

async function* workbook(sheets: readonly Sheet[]): AsyncIterable<Buffer> {
  yield await writeXlsx(sheets);
}

function file(kind: keyof typeof NAMES, { format, language }: BatchFileQuery, bytes: AsyncIterable<Buffer>): BatchFile {
  return { fileName: `${NAMES[kind][language]}.${format}`, mediaType: MEDIA_TYPES[format], bytes };
}
