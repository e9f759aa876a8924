import { CsvError, parse } from 'csv-parse/sync';
import { decodeText } from './decode-text';
import type { Table } from './table';
import { TableError } from './table.error';
import type { TableLimits } from './table-limits';
import { TableRows } from './table-rows';

const DELIMITERS = [',', ';', '\t'] as const;

/** How much of a file is looked at to find what divides its cells. */
const SAMPLE_CHARS = 16_384;

/**
 * Reads a CSV file: UTF-8, UTF-16 with a byte order mark, or GB 18030; cells divided by comma, semicolon or tab, in quotes where need be.
 * @throws TableError
 */
export function readCsv(bytes: Uint8Array, limits: TableLimits): Table {
  const text = decodeText(bytes);
  const rows = new TableRows(limits);
  try {
    parse(text, {
      delimiter: delimiterOf(text),
      relaxColumnCount: true,
      skipEmptyLines: true,
      maxRecordSize: limits.maxColumns * (limits.maxCellChars + 3),
      // Rows are counted as they come, and none is kept twice.
      onRecord: (record: string[], { lines }) => {
        rows.add(lines, record);
        return null;
      },
    });
  } catch (error) {
    throw refusal(error);
  }
  return rows.finish('csv');
}

/** The one that divides the first line with any text most often, quoted cells left aside. */
function delimiterOf(text: string): string {
  const sample = text.slice(0, SAMPLE_CHARS).replace(/"[^"]*"/g, '');
  const line = sample.split(/\r\n?|\n/).find((each) => each.trim() !== '') ?? '';
  const counted = DELIMITERS.map((delimiter) => ({ delimiter, count: line.split(delimiter).length }));
  return counted.reduce((best, each) => (each.count > best.count ? each : best)).delimiter;
}

function refusal(error: unknown): unknown {
  if (!(error instanceof CsvError)) return error;
  if (error.code === 'CSV_MAX_RECORD_SIZE') return new TableError('too-large', 'a line of the file is too long');
  // The parser's own message quotes the line.
  return new TableError('damaged', `the quotes of the file do not add up (${error.code})`);
}
