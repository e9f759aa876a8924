import { foldedOf, type Span } from '../layout/span';
import type { Layout, Row } from '../layout/rows';
import { alongOf, type Column, type ColumnName } from './header';

/** A blank of this many text heights separates two cells that stand in one box. */
const CELL_GAP = 1;

/** A further print in a column that already has one is a wrapped or broken cell: likelier than a wrong column, worse than an own one. */
const SHARED_COLUMN = 1.5;

/** Print that belongs together, with its place along the text. */
export interface Cell {
  span: Span;
  from: number;
  to: number;
  height: number;
}

/** The cells of a row: its boxes, split at wide blanks. */
export function cellsOf(row: Row, layout: Layout): Cell[] {
  const starts = row.glyphs.flatMap((glyph, i) => (glyph.startsBox || glyph.gap > CELL_GAP ? [i] : []));
  return starts.flatMap((start, i) => {
    const end = starts[i + 1] ?? row.glyphs.length;
    const [first, last] = [row.glyphs[start], row.glyphs[end - 1]];
    if (!first || !last) return [];
    return [{ span: { row, start, end }, from: alongOf(first, layout), to: alongOf(last, layout), height: first.placed.height }];
  });
}

/** The cheapest way to give each cell a column without crossing: place first, then what the column usually holds. */
export function assignColumns(cells: Cell[], columns: Column[]): (Column | undefined)[] {
  let paths: Path[] = columns.map(() => ({ cost: 0, picks: [] }));
  for (const cell of cells) {
    paths = columns.map((column, index) => {
      const previous = paths
        .slice(0, index + 1)
        .map((path) => ({ ...path, cost: path.cost + (path.picks.at(-1) === index ? SHARED_COLUMN : 0) }));
      const best = previous.reduce((a, b) => (b.cost < a.cost ? b : a));
      return { cost: best.cost + misfit(cell, column), picks: [...best.picks, index] };
    });
  }
  const best = paths.reduce<Path | undefined>((a, b) => (a && a.cost <= b.cost ? a : b), undefined);
  return cells.map((_, i) => columns[best?.picks[i] ?? -1]);
}

interface Path {
  cost: number;
  picks: number[];
}

function misfit(cell: Cell, column: Column): number {
  const centre = (cell.from + cell.to) / 2;
  const outside = Math.max(0, column.left - centre, centre - column.right);
  return (outside + 0.1 * Math.abs(centre - column.centre)) / cell.height + strangeness(foldedOf(cell.span), column.name);
}

const FIGURES = /^[¥Y]?-?[\d,]+(\.\d+)?元?$/u;

/** How unusual a text is in a column, in text heights of displacement that would be believed instead. */
function strangeness(text: string, column: ColumnName): number {
  const isFigure = FIGURES.test(text);
  const isMoney = isFigure && /\.\d{2}元?$/u.test(text);
  switch (column) {
    case 'amount':
      return isFigure ? 0 : 8;
    case 'standard':
      return isFigure ? 0 : 1;
    case 'quantity':
      return isFigure ? 0 : 4;
    case 'quantityAndUnit':
      return /^\d+(\.\d+)?\/?\D{0,4}$/u.test(text) ? 0 : 4;
    case 'unit':
      return !isFigure && text.length <= 3 ? 0 : 4;
    case 'itemCode':
      return /^[0-9A-Za-z-]+$/u.test(text) ? 0 : 6;
    case 'itemName':
      return isFigure ? 4 : 0;
    case 'itemRemark':
      return isMoney ? 4 : 0.5;
  }
}
