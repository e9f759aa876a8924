import type { Quad } from '@app/contracts';
import { foldText } from '../text/folding';
import { offsetAlong, placeLine } from '../layout/placed-line';
import { groupRows } from '../layout/rows';
import { fitSkew, median } from '../layout/skew';

/** A line that was read. */
export interface ChosenLine<Q extends Quad = Quad> {
  text: string;
  quad: Q;
}

/** Title, code, number, check code and date stand in this share of a bill's height from its top … */
const HEAD_SHARE = 0.3;

/** … and in no fewer rows than these. */
const HEAD_ROWS = 6;

/** Lines this many times as high as the page's usual ones may be titles, of another bill too. */
const LARGE = 1.35;

/** What begins the row of the total, or stands in it. */
const TOTAL = /合计|总计|大写|小写/u;

/** What each bill on a page has once. */
const HEAD_LABEL = /票据代码|票据号码/gu;

/**
 * Which lines to read next for the five elements alone: first the head and whatever is large enough to be a title, then the beginning of every
 * row, then the rows around the total. Where more than one bill shows itself every line is named, since values could be taken for another's.
 * None when enough was read, or all.
 */
export function chooseLines<Q extends Quad>(read: readonly ChosenLine<Q>[], unread: readonly Q[]): Q[] {
  const texts = new Map(read.map(({ quad, text }) => [quad, foldText(text)]));
  const rows = rowsOf([...texts.keys(), ...unread]);
  for (const wave of [headOf(rows), rows.flatMap(({ quads }) => quads.slice(0, 1)), totalRows(rows, texts)]) {
    const missing = wave.filter((quad) => !texts.has(quad));
    if (missing.length > 0) return missing;
    if (hasSeveralBills([...texts.values()])) return [...unread];
  }
  return [];
}

/** A row from left to right, and how far down the page it stands, along the page's own skew. */
interface PlacedRow<Q> {
  quads: Q[];
  across: number;
}

/** Rows from top to bottom. */
function rowsOf<Q extends Quad>(quads: readonly Q[]): PlacedRow<Q>[] {
  const places = new Map(quads.map((quad) => [placeLine({ text: '', quad, confidence: 0, chars: [] }), quad]));
  const placed = [...places.keys()].filter(({ width, height }) => width * height > 0);
  const skew = fitSkew(placed);
  return groupRows(placed, skew).map((row) => ({
    quads: row.map((line) => places.get(line)).filter((quad) => quad !== undefined),
    across: Math.min(...row.map(({ centre }) => offsetAlong({ x: 0, y: 0 }, centre, skew(centre.x, centre.y)).across)),
  }));
}

function headOf<Q extends Quad>(rows: readonly PlacedRow<Q>[]): Q[] {
  const places = rows.map(({ across }) => across);
  const top = Math.min(...places);
  const limit = top + HEAD_SHARE * (Math.max(...places) - top);
  const all = rows.flatMap(({ quads }) => quads);
  const usual = median(all.map(heightOf));
  const head = rows.filter(({ across }, i) => i < HEAD_ROWS || across <= limit).flatMap(({ quads }) => quads);
  return [...new Set([...head, ...all.filter((quad) => heightOf(quad) > LARGE * usual)])];
}

/** The rows that a total stands in, and those beside them: figures may stand a little higher or lower than their words. */
function totalRows<Q extends Quad>(rows: readonly PlacedRow<Q>[], texts: ReadonlyMap<Q, string>): Q[] {
  const isTotal = rows.map(({ quads }) => quads.some((quad) => TOTAL.test(texts.get(quad) ?? '')));
  return rows.filter((_, i) => isTotal[i - 1] || isTotal[i] || isTotal[i + 1]).flatMap(({ quads }) => quads);
}

function hasSeveralBills(texts: readonly string[]): boolean {
  const labels = texts.flatMap((text) => text.match(HEAD_LABEL) ?? []);
  return new Set(labels).size < labels.length;
}

function heightOf(quad: Quad): number {
  const [[x0 = 0, y0 = 0] = [], , , [x3 = 0, y3 = 0] = []] = quad;
  return Math.hypot(x3 - x0, y3 - y0);
}
