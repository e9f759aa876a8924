import { BillCode, BillNumber, CheckCode, IssueDate, TotalAmount } from '@app/contracts';
import { readTable, type Table, type TableRow } from '@app/tabular';
import { createHash } from 'node:crypto';
import { parseYuan } from '../charges/yuan';
import { type Statement, StatementError, type StatementField, type StatementLine } from './statement';
import { type Columns, columnsOf, isChargedWord, StatementLayout } from './statement-layout';
import { statementTimes } from './statement-time';

/** Calls of one statement; a longer bill is asked for in shorter periods. */
const MAX_LINES = 50_000;
const LONGEST_TEXT = 64;

/** A statement's file, read, with the SHA-256 by which it is known. */
export interface StatementFile {
  sha256: string;
  statement: Statement;
}

/**
 * Reads a provider's bill as CSV or XLSX. What a row does not say for sure makes it unreadable.
 * @throws StatementError, TableError when it is no statement at all
 */
export async function readStatement(bytes: Uint8Array, layout: StatementLayout = StatementLayout.parse({})): Promise<StatementFile> {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { sha256, statement: statementOf(await readTable(bytes, { maxRows: MAX_LINES, keepsTimes: true }), layout) };
}

/** Draws the calls out of a table. */
export function statementOf({ header, rows }: Pick<Table, 'header' | 'rows'>, layout: StatementLayout): Statement {
  const reader = new RowReader(columnsOf(header, layout), layout);
  const statement: Statement = { lines: [], unreadable: [] };
  for (const row of rows) {
    try {
      statement.lines.push(reader.read(row));
    } catch (error) {
      if (!(error instanceof FieldFault)) throw error;
      statement.unreadable.push({ line: row.line, field: error.field });
    }
  }
  return statement;
}

/** Ends the reading of one row; never leaves this file. */
class FieldFault extends StatementError {
  constructor(readonly field: StatementField) {
    super(`a row has no readable ${field}`);
  }
}

class RowReader {
  private readonly times: (text: string) => number | null;

  constructor(
    private readonly columns: Columns,
    private readonly layout: StatementLayout,
  ) {
    this.times = statementTimes(layout.timeFormat);
  }

  read(row: TableRow): StatementLine {
    const taskNumber = this.optional(row, 'taskNumber', shortText);
    const billCode = this.optional(row, 'billCode', (cell) => (BillCode.safeParse(cell).success ? cell : null));
    const billNumber = this.optional(row, 'billNumber', (cell) => (BillNumber.safeParse(cell).success ? cell : null));
    const bill = billCode !== null && billNumber !== null ? { billCode, billNumber } : null;
    if (bill === null && (taskNumber === null || billCode !== null || billNumber !== null))
      throw new FieldFault(billCode === null ? 'billCode' : 'billNumber');
    return {
      line: row.line,
      atMs: this.required(row, 'time', this.times),
      taskNumber,
      bill,
      checkCode: this.optional(row, 'checkCode', (cell) => (CheckCode.safeParse(cell).success ? cell : null)),
      issueDate: this.optional(row, 'issueDate', day),
      totalAmount: this.optional(row, 'totalAmount', amount),
      code: this.optional(row, 'code', shortText),
      isCharged: this.required(row, 'charged', (cell) => isChargedWord(cell, this.layout)),
      feeHao: this.optional(row, 'fee', parseYuan),
    };
  }

  private required<T>(row: TableRow, field: StatementField, read: (cell: string) => T | null): T {
    const value = this.optional(row, field, read);
    if (value === null) throw new FieldFault(field);
    return value;
  }

  /** Null where the column or the cell is not there; what is there must be readable. */
  private optional<T>(row: TableRow, field: StatementField, read: (cell: string) => T | null): T | null {
    const at = this.columns[field];
    const cell = at === undefined ? '' : (row.cells[at] ?? '').trim();
    if (cell === '') return null;
    const value = read(cell);
    if (value === null) throw new FieldFault(field);
    return value;
  }
}

/** What goes on into reports: nothing in it moves a terminal's cursor. */
function shortText(cell: string): string | null {
  return cell.length <= LONGEST_TEXT && !/\p{Cc}/u.test(cell) ? cell : null;
}

function day(cell: string): string | null {
  const [, year, month, date] = /^(\d{4})[-/]?(\d{2})[-/]?(\d{2})(?:[ T]00:00:00)?$/.exec(cell) ?? [];
  const written = `${year ?? ''}-${month ?? ''}-${date ?? ''}`;
  return IssueDate.safeParse(written).success ? written : null;
}

function amount(cell: string): string | null {
  const [, whole = '', fraction = ''] = /^(\d+)(?:\.(\d{1,2}))?$/.exec(cell) ?? [];
  const written = `${whole}.${fraction.padEnd(2, '0')}`;
  return TotalAmount.safeParse(written).success ? written : null;
}
