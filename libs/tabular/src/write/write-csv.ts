import { stringify } from 'csv-stringify/sync';
import type { Column, Row } from './column';
import { neutralised } from './neutralised';

/** Rows that are written as one piece: some tens of kilobytes. */
const ROWS_PER_PIECE = 500;

const BYTE_ORDER_MARK = '\ufeff';

/**
 * A table as CSV: UTF-8 with a byte order mark, without which Excel takes Chinese for something else, CRLF between lines, and nothing in it
 * that a spreadsheet would take for a formula. Rows are taken as they are needed, so that a long table is never in memory as a whole.
 */
export async function* writeCsv(columns: readonly Column[], rows: Iterable<Row> | AsyncIterable<Row>): AsyncIterable<Buffer> {
  yield piece([columns.map(({ header }) => neutralised(header))], BYTE_ORDER_MARK);
  let waiting: string[][] = [];
  for await (const row of rows) {
    waiting.push(columns.map(({ key }) => neutralised(row[key] ?? '')));
    if (waiting.length < ROWS_PER_PIECE) continue;
    yield piece(waiting);
    waiting = [];
  }
  if (waiting.length > 0) yield piece(waiting);
}

function piece(lines: string[][], before = ''): Buffer {
  return Buffer.from(before + stringify(lines, { record_delimiter: 'windows' }), 'utf8');
}
