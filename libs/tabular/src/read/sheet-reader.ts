import { numberText, scientificText } from './number-text';
import { serialDate, serialTime } from './serial-date';
import { TableError } from './table.error';
import type { TableLimits } from './table-limits';
import type { TableRows } from './table-rows';
import type { Workbook } from './workbook';
import { type Attributes, scanXml } from './xml-scanner';

/** A cell while its element is read. */
interface OpenCell {
  column: number;
  type: string;
  style: number;
  value: string;
}

const LAST_LINE = 1_048_576;

/**
 * Reads a sheet's cells as text, row by row: texts as they are, numbers as exact decimals, dates as `YYYY-MM-DD`, a formula by the value that
 * the spreadsheet left with it. A number that the spreadsheet shows in scientific notation is told so, because its digits are not those that
 * were typed (`123E03` becomes 123000).
 */
export function readSheet(workbook: Workbook, rows: TableRows, limits: TableLimits): void {
  new SheetReader(workbook, rows, limits).read();
}

class SheetReader {
  private line = 0;
  private cells: string[] = [];
  private nextColumn = 0;
  private cell: OpenCell | undefined;
  private isInSheetData = false;
  /** The element whose text counts: a value or a piece of an inline text. */
  private isValue = false;
  private isPhonetic = false;

  constructor(
    private readonly workbook: Workbook,
    private readonly rows: TableRows,
    private readonly limits: TableLimits,
  ) {}

  read(): void {
    scanXml(this.workbook.sheetXml, {
      open: (name, attributes) => this.open(name, attributes),
      text: (text) => this.take(text),
      close: (name) => this.close(name),
    });
  }

  private open(name: string, attributes: Attributes): void {
    if (name === 'sheetData') this.isInSheetData = true;
    else if (!this.isInSheetData) return;
    else if (name === 'row') this.openRow(attributes);
    else if (name === 'c') this.openCell(attributes);
    else if (name === 'v' || name === 't') this.isValue = true;
    else if (name === 'rPh') this.isPhonetic = true;
  }

  private take(text: string): void {
    const { cell } = this;
    if (cell === undefined || !this.isValue || this.isPhonetic) return;
    cell.value += text;
    if (cell.value.length > this.limits.maxCellChars) {
      throw new TableError('too-large', `a cell has more than ${this.limits.maxCellChars} characters`);
    }
  }

  private close(name: string): void {
    if (name === 'v' || name === 't') this.isValue = false;
    else if (name === 'rPh') this.isPhonetic = false;
    else if (name === 'c') this.closeCell();
    else if (name === 'row' && this.isInSheetData) this.rows.add(this.line, this.cells);
    else if (name === 'sheetData') this.isInSheetData = false;
  }

  private openRow(attributes: Attributes): void {
    const line = Number(attributes.get('r') ?? this.line + 1);
    if (!Number.isInteger(line) || line <= this.line || line > LAST_LINE) throw damaged('its rows are not in order');
    this.line = line;
    this.cells = [];
    this.nextColumn = 0;
  }

  private openCell(attributes: Attributes): void {
    const reference = attributes.get('r');
    const column = reference === null ? this.nextColumn : columnOf(reference);
    if (column < this.nextColumn) throw damaged('its cells are not in order');
    this.nextColumn = column + 1;
    this.cell = { column, type: attributes.get('t') ?? 'n', style: Number(attributes.get('s') ?? 0), value: '' };
  }

  private closeCell(): void {
    const { cell } = this;
    this.cell = undefined;
    if (cell === undefined) return;
    const text = this.textOf(cell);
    // Empty cells may go on to the last column of all.
    if (text === '') return;
    if (cell.column >= this.limits.maxColumns) {
      throw new TableError('too-large', `line ${this.line} has more than ${this.limits.maxColumns} columns`);
    }
    while (this.cells.length < cell.column) this.cells.push('');
    this.cells.push(text);
  }

  private textOf({ type, style, value }: OpenCell): string {
    switch (type) {
      case 's':
        return decodedText(this.sharedText(value));
      case 'b':
        return value === '1' ? 'TRUE' : 'FALSE';
      case 'd':
        return this.limits.keepsTimes ? value : value.slice(0, 'YYYY-MM-DD'.length);
      case 'n':
        return this.numberOf(value, style);
      default:
        return decodedText(value);
    }
  }

  private sharedText(index: string): string {
    if (index === '') return '';
    const text = this.workbook.strings[Number(index)];
    if (text === undefined) throw damaged('a cell has a text that does not exist');
    return text;
  }

  private numberOf(value: string, style: number): string {
    if (value === '') return '';
    const kind = this.workbook.numberKinds[style] ?? 'plain';
    if (kind === 'scientific') return scientificText(value);
    const told = this.limits.keepsTimes ? serialTime : serialDate;
    return (kind === 'date' ? told(value, this.workbook.calendar) : null) ?? numberText(value);
  }
}

/** From 0; the column of a reference such as `AB12`. */
function columnOf(reference: string): number {
  const letters = /^([A-Z]{1,3})\d{1,7}$/.exec(reference)?.[1];
  if (letters === undefined) throw damaged('a cell stands nowhere');
  let column = 0;
  for (const letter of letters) column = column * 26 + letter.charCodeAt(0) - 64;
  return column - 1;
}

/** A workbook escapes what XML has no place for as `_x000D_`. */
function decodedText(text: string): string {
  return text.replace(/_x([\dA-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}

function damaged(why: string): TableError {
  return new TableError('damaged', `the workbook is damaged: ${why}`);
}
