import { BATCH_COLUMNS, type BatchColumn, type ElementName, type Elements } from '@app/contracts';
import type { Table, TableRow } from '@app/tabular';
import { setImmediate } from 'node:timers/promises';
import type { ElementsHasher } from '../elements-hasher';
import { placesOf } from './batch-columns';
import { checkRow, type GivenRow } from './rows/check-row';
import type { RowError } from './rows/row-error';

/** A row before it is anybody's: what a batch's row is made of. */
export interface DraftRow {
  line: number | null;
  state: 'error' | 'duplicate' | 'skipped' | 'pending';
  given: GivenRow | null;
  reference: string;
  elements: Elements | null;
  elementsHash: string | null;
  errors: RowError[];
  normalised: ElementName[];
  duplicateOf: number | null;
  receiptId: string | null;
  receiptBill: number | null;
  problem: string | null;
}

/** Rows that are checked before others get their turn: some ten milliseconds. */
const ROWS_PER_TURN = 500;

/** Checks every row of a table. @throws ProblemError `table-header` */
export async function checkedRows(table: Table, today: string, hasher: ElementsHasher): Promise<DraftRow[]> {
  const places = placesOf(table.header);
  const rows: DraftRow[] = [];
  const seen = new Duplicates();
  for (const [at, row] of table.rows.entries()) {
    if (at % ROWS_PER_TURN === ROWS_PER_TURN - 1) await setImmediate();
    rows.push(seen.marked(checked(row, places, today, hasher), at + 1));
  }
  return rows;
}

/** Marks rows whose elements stand in an earlier one. */
export class Duplicates {
  private readonly firstOf = new Map<string, number>();

  /** `number` is the row's own, from 1. */
  marked(row: DraftRow, number: number): DraftRow {
    if (row.elementsHash === null || row.state !== 'pending') return row;
    const first = this.firstOf.get(row.elementsHash);
    if (first !== undefined) return { ...row, state: 'duplicate', duplicateOf: first };
    this.firstOf.set(row.elementsHash, number);
    return row;
  }
}

function checked(row: TableRow, places: ReadonlyMap<BatchColumn, number>, today: string, hasher: ElementsHasher): DraftRow {
  const given = givenRow(row.cells, places);
  const { elements, errors, normalised } = checkRow(given, today);
  return {
    line: row.line,
    state: elements === null ? 'error' : 'pending',
    given,
    reference: given.reference,
    elements,
    elementsHash: elements && hasher.ofElements(elements),
    errors,
    normalised,
    duplicateOf: null,
    receiptId: null,
    receiptBill: null,
    problem: null,
  };
}

function givenRow(cells: readonly string[], places: ReadonlyMap<BatchColumn, number>): GivenRow {
  const cell = (column: BatchColumn): string => {
    const place = places.get(column);
    // The database has no place for it, and no cell a use.
    return place === undefined ? '' : (cells[place] ?? '').replaceAll('\u0000', '');
  };
  return Object.fromEntries(BATCH_COLUMNS.map((column) => [column, cell(column)])) as GivenRow;
}
