import writeXlsxFile, { type Cell, type Sheet as WrittenSheet } from 'write-excel-file/node';
import type { Column, Row } from './column';

/** One sheet of a workbook. Its name has at most 31 characters and none of `\ / ? * [ ] :`. */
export interface Sheet {
  name: string;
  columns: readonly Column[];
  rows: readonly Row[];
}

const TEXT_FORMAT = '@';
const AMOUNT_FORMAT = '#,##0.00';
const DEFAULT_WIDTH = 16;

/** What Excel takes in one cell. */
const MAX_CELL_CHARS = 32_767;

/** A spreadsheet's number keeps 15 digits: these stay what they are, digit for digit. */
const EXACT_AMOUNT = /^-?(?:0|[1-9]\d{0,12})\.\d{2}$/;
const EXACT_INTEGER = /^-?(?:0|[1-9]\d{0,14})$/;

/** XML 1.0 has no place for these. */
// eslint-disable-next-line no-control-regex
const NOT_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu;

/** A workbook's own escape of a character: a text that looks like one has its underscore escaped. */
const LIKE_AN_ESCAPE = /_(?=x[\dA-Fa-f]{4}_)/g;

/**
 * A workbook. Texts and dates are text cells, which keep their zeros and are never taken for formulas; amounts and integers are numbers, which
 * can be summed, as long as a spreadsheet's number keeps every digit. The header is bold and stays in sight.
 */
export async function writeXlsx(sheets: readonly Sheet[]): Promise<Buffer> {
  return writeXlsxFile(sheets.map(written), {}).toBuffer();
}

function written({ name, columns, rows }: Sheet): WrittenSheet<Buffer> {
  const header: Cell[] = columns.map((column) => ({ ...text(column.header), fontWeight: 'bold' }));
  return {
    sheet: name,
    data: [header, ...rows.map((row) => columns.map((column) => cell(column, row[column.key] ?? null)))],
    columns: columns.map(({ width }) => ({ width: width ?? DEFAULT_WIDTH })),
    stickyRowsCount: 1,
  };
}

function cell({ kind }: Column, value: string | null): Cell {
  if (value === null || value === '') return null;
  if (kind === 'amount' && EXACT_AMOUNT.test(value)) return { type: Number, value: Number(value), format: AMOUNT_FORMAT };
  if (kind === 'integer' && EXACT_INTEGER.test(value)) return { type: Number, value: Number(value) };
  return text(value);
}

function text(value: string): { type: StringConstructor; value: string; format: string } {
  const storable = value.slice(0, MAX_CELL_CHARS).replace(NOT_XML, '\ufffd').replace(LIKE_AN_ESCAPE, '_x005F_');
  return { type: String, value: storable, format: TEXT_FORMAT };
}
