import type { BillItem } from '@app/contracts';
import { offsetAlong, type Point } from '../layout/placed-line';
import type { Glyph, Layout, Row } from '../layout/rows';

/** Columns a table of items may have; `quantityAndUnit` is the combined 数量/单位 of medical bills. */
export type ColumnName = Exclude<keyof BillItem, never> | 'quantityAndUnit';

/** A column by its printed header: `left` and `right` bound the cells that belong to it, measured along the text. */
export interface Column {
  name: ColumnName;
  centre: number;
  left: number;
  right: number;
}

/** The header row of a table of items, its columns from left to right in groups that repeat the same headers. */
export interface ItemHeader {
  row: Row;
  groups: Column[][];
}

const HEADERS: readonly (readonly [string, ColumnName])[] = [
  ['项目编码', 'itemCode'],
  ['项目编号', 'itemCode'],
  ['项目名称', 'itemName'],
  ['数量/单位', 'quantityAndUnit'],
  ['数量单位', 'quantityAndUnit'],
  ['数量', 'quantity'],
  ['单位', 'unit'],
  ['标准', 'standard'],
  ['金额(元)', 'amount'],
  ['金额', 'amount'],
  ['备注', 'itemRemark'],
];

/** The first row with a name column and an amount column. */
export function findItemHeader(layout: Layout): ItemHeader | null {
  for (const row of layout.rows) {
    const cells = headerCells(row, layout);
    const names = cells.map((cell) => cell.name);
    if (names.includes('itemName') && names.includes('amount')) return { row, groups: groupColumns(bounded(cells)) };
  }
  return null;
}

/** A glyph's distance along the text, comparable between rows. */
export function alongOf(glyph: Glyph, layout: Layout): number {
  const { placed } = glyph;
  const point: Point = { x: placed.left.x + Math.cos(placed.angle) * glyph.x, y: placed.left.y + Math.sin(placed.angle) * glyph.x };
  return offsetAlong({ x: 0, y: 0 }, point, layout.skew(point.x, point.y)).along;
}

interface HeaderCell {
  name: ColumnName;
  from: number;
  to: number;
}

function headerCells(row: Row, layout: Layout): HeaderCell[] {
  const cells: HeaderCell[] = [];
  let at = 0;
  while (at < row.text.length) {
    const header = HEADERS.find(([text]) => row.text.startsWith(text, at));
    const [first, last] = [row.glyphs[at], row.glyphs[at + (header?.[0].length ?? 1) - 1]];
    if (header && first && last) cells.push({ name: header[1], from: alongOf(first, layout), to: alongOf(last, layout) });
    at += header ? header[0].length : 1;
  }
  return cells;
}

/** Cells reach half way to the neighbouring headers. */
function bounded(cells: HeaderCell[]): Column[] {
  return cells.map((cell, i) => {
    const [before, after] = [cells[i - 1], cells[i + 1]];
    return {
      name: cell.name,
      centre: (cell.from + cell.to) / 2,
      left: before ? (before.to + cell.from) / 2 : -Infinity,
      right: after ? (cell.to + after.from) / 2 : Infinity,
    };
  });
}

function groupColumns(columns: Column[]): Column[][] {
  const groups: Column[][] = [];
  for (const column of columns) {
    const current = groups.at(-1);
    if (!current || current.some((other) => other.name === column.name)) groups.push([column]);
    else current.push(column);
  }
  return groups;
}
