import type { Table, TableRow } from './table';
import { TableError } from './table.error';
import type { TableLimits } from './table-limits';

/** Puts a table together row by row: the first row with any text is its header. Refuses what goes beyond the limits as it comes. */
export class TableRows {
  private header: string[] | undefined;
  private readonly rows: TableRow[] = [];
  private chars = 0;

  constructor(private readonly limits: TableLimits) {}

  /** Takes a row's cells, left to right. */
  add(line: number, given: readonly string[]): void {
    const cells = given.map((cell) => this.checked(cell));
    while (cells.at(-1) === '') cells.pop();
    if (cells.length === 0) return;
    if (cells.length > this.limits.maxColumns)
      throw new TableError('too-large', `line ${line} has more than ${this.limits.maxColumns} columns`);
    if (this.header === undefined) this.header = cells;
    else this.addRow(line, cells, this.header.length);
  }

  /** @throws TableError `no-header` when no row had any text */
  finish(format: Table['format']): Table {
    if (this.header === undefined) throw new TableError('no-header', 'the file has no line with any text');
    return { header: this.header, rows: this.rows, format };
  }

  private addRow(line: number, cells: string[], width: number): void {
    if (this.rows.length >= this.limits.maxRows)
      throw new TableError('too-many-rows', `the file has more than ${this.limits.maxRows} rows`);
    while (cells.length < width) cells.push('');
    this.rows.push({ line, cells });
  }

  private checked(cell: string): string {
    const text = cell.trim();
    if (text.length > this.limits.maxCellChars) {
      throw new TableError('too-large', `a cell has more than ${this.limits.maxCellChars} characters`);
    }
    // One text of a workbook may be told in any number of its cells.
    this.chars += text.length;
    if (this.chars > this.limits.maxBytes) throw new TableError('too-large', `the table has more than ${this.limits.maxBytes} characters`);
    return text;
  }
}
