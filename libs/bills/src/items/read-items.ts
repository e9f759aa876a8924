import type { BillItem } from '@app/contracts';
import type { LabelledRow } from '../fields/find-values';
import type { Layout, Row } from '../layout/rows';
import { confidenceOf, foldedOf, nameOf } from '../layout/span';
import { formatAmount, parseAmount } from '../money/amount';
import { assignColumns, cellsOf, type Cell } from './cells';
import { findItemHeader, type Column, type ColumnName } from './header';

/** The rows of 项目清单; `sum` is in 分 and null unless every row has a readable amount. */
export interface ReadItems {
  items: BillItem[];
  sum: bigint | null;
  /** Lowest confidence among the amounts' characters; 0 without any. */
  confidence: number;
}

const EMPTY: BillItem = { itemCode: '', itemName: '', unit: '', quantity: '', standard: '', amount: '', itemRemark: '' };

type ItemCells = Map<ColumnName, Cell[]>;

/** An item's cells with the table row it begins in. */
interface PlacedItem {
  row: number;
  cells: ItemCells;
}

/** Reads the table of items by its header, each group of columns for itself; items come in the order they are printed, row by row. */
export function readItems(rows: LabelledRow[], layout: Layout): ReadItems {
  const header = findItemHeader(layout);
  if (!header) return { items: [], sum: null, confidence: 0 };
  const columns = header.groups.flat();
  const assigned = tableRows(header.row, rows).map((row) => {
    const cells = cellsOf(row, layout);
    return { cells, columns: assignColumns(cells, columns) };
  });
  const found = header.groups
    .flatMap((group) => joinWrapped(assigned.map((row) => groupCells(row.cells, row.columns, group))))
    .sort((a, b) => a.row - b.row)
    .map(({ cells }) => cells);
  const amounts = found.map((cells) => amountOf(cells));
  return {
    items: found.map(toItem),
    sum: amounts.length > 0 && amounts.every((fen) => fen !== null) ? amounts.reduce((total, fen) => total + fen, 0n) : null,
    confidence: Math.min(1, ...found.flatMap((cells) => (cells.get('amount') ?? []).map((cell) => confidenceOf(cell.span)))),
  };
}

/** The rows under the header, up to the total or the block that follows. */
function tableRows(header: Row, rows: LabelledRow[]): Row[] {
  const start = rows.findIndex(({ row }) => row === header);
  const below = rows.slice(start + 1);
  const end = below.findIndex(({ labels }) => labels.some(({ label }) => label.role !== 'itemHeader' && label.role !== 'mark'));
  return below.slice(0, end < 0 ? 0 : end).map(({ row }) => row);
}

function groupCells(cells: Cell[], columns: (Column | undefined)[], group: Column[]): ItemCells {
  const own: ItemCells = new Map();
  cells.forEach((cell, i) => {
    const column = columns[i];
    if (column && group.includes(column)) own.set(column.name, [...(own.get(column.name) ?? []), cell]);
  });
  return own;
}

/** A name alone under an item with an amount is the rest of that item's name. */
function joinWrapped(found: ItemCells[]): PlacedItem[] {
  const items: PlacedItem[] = [];
  found.forEach((cells, row) => {
    const name = cells.get('itemName');
    const previous = items.at(-1)?.cells;
    if (!name && !cells.has('amount')) return;
    const above = previous?.get('itemName');
    if (name && cells.size === 1 && previous?.has('amount')) {
      if (above && isAligned(above, name)) previous.set('itemName', [...above, ...name]);
    } else items.push({ row, cells });
  });
  return items;
}

/** Wrapped lines of a cell begin together or share a middle; strokes of a seal inside the table do neither. */
function isAligned(above: Cell[], below: Cell[]): boolean {
  const [a, b] = [above[0], below[0]];
  if (!a || !b) return false;
  const near = (x: number, y: number) => Math.abs(x - y) < b.height;
  return near(a.from, b.from) || near((a.from + a.to) / 2, (b.from + b.to) / 2);
}

function toItem(cells: ItemCells): BillItem {
  const text = (name: ColumnName) => (cells.get(name) ?? []).map((cell) => nameOf(cell.span)).join('');
  const folded = (name: ColumnName) => (cells.get(name) ?? []).map((cell) => foldedOf(cell.span)).join('');
  return {
    ...EMPTY,
    itemCode: folded('itemCode'),
    itemName: text('itemName'),
    unit: text('unit'),
    quantity: folded('quantity'),
    ...splitQuantity(folded('quantityAndUnit')),
    standard: money(folded('standard')),
    amount: money(folded('amount')),
    itemRemark: text('itemRemark'),
  };
}

/** `2/次` is a quantity and a unit; the slash may have been lost in reading. */
function splitQuantity(text: string): Partial<BillItem> {
  if (text === '') return {};
  const match = /^(\d+(?:\.\d+)?)\/?([^\d/]{0,4})$/u.exec(text);
  return match ? { quantity: match[1] ?? '', unit: match[2] ?? '' } : { quantity: text };
}

function money(folded: string): string {
  const fen = parseAmount(folded);
  return fen === null ? folded : formatAmount(fen);
}

function amountOf(cells: ItemCells): bigint | null {
  return parseAmount((cells.get('amount') ?? []).map((cell) => foldedOf(cell.span)).join(''));
}
