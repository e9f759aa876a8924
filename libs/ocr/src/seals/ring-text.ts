import type { Ellipse, PageImage } from '../page';
import { DEPTHS, FIRST_LINE, polarInk, TURNS } from './polar-ink';
import type { InkColour, Tone } from './sample-ink';

/** Where the text of a ring stands: depths below the ring's outer edge in pixels, and the turns at which it begins and ends, clockwise. */
export interface RingText {
  /** Where the ring's own lines have ended. */
  lineDepth: number;
  top: number;
  bottom: number;
  from: number;
  to: number;
  /** The paper's tone, and the ring's ink on it. */
  paper: Tone;
  full: number;
}

/** A ring's lines lie above these depths, in hundredths of half its breadth as all depths here: ovals have a second, inner line. */
const LINES_OF_ROUND = 12;
const LINES_OF_OVAL = 26;
const OVAL = 1.35;

/** A row of a line has more ink than this, of the line's blackest row; letters have 10 to 20 % all around. */
const LINE_INK = 0.24;

/** Where a line or the letters have ended: ink of a row, as a share of the blackest. */
const ENDED = 0.25;

/** Letters are told from a gap by the ink of so many degrees, the widest spacing of letters, as a share of what most of them have. */
const LETTER_TURNS = 21;
const GAP_INK = 0.45;

/** Less ink than this, of the ring's, is the grain of the paper. */
const GRAIN = 0.05;

/** The part of the letters, below the line, that the straight line under a seal's star does not reach. */
const OUTER_PART = 15;

/** Height of the letters: 15 to 30 in the seals at hand. */
const LEAST_LETTER = 13;
const MOST_LETTER = 34;

/** Finds the text along the inside of a ring; `undefined` where there is none. */
export function ringText(page: PageImage, ellipse: Ellipse, colour: InkColour): RingText | undefined {
  const { shares, paper, full } = polarInk(page, ellipse, colour);
  const isOval = ellipse.semiMajor > OVAL * ellipse.semiMinor;
  const line = lineEnd(inkByDepth(shares, { from: 0, to: TURNS }), isOval ? LINES_OF_OVAL : LINES_OF_ROUND);
  const span = widestText(
    Array.from({ length: TURNS }, (_, turn) => mean(shares.subarray(turn * DEPTHS + line, turn * DEPTHS + line + OUTER_PART))),
  );
  if (!span) return undefined;
  const [top, bottom] = letterRows(inkByDepth(shares, middleOf(span)), line);
  const [depth, turn] = [ellipse.semiMinor / 100, (2 * Math.PI) / TURNS];
  return { lineDepth: line * depth, top: top * depth, bottom: bottom * depth, from: span.from * turn, to: span.to * turn, paper, full };
}

/** A stretch of turns in degrees; `to` may exceed a full turn. */
interface Span {
  from: number;
  to: number;
}

/** Mean ink of each depth over some turns. */
function inkByDepth(shares: Float32Array, { from, to }: Span): number[] {
  const sums = new Array<number>(DEPTHS).fill(0);
  for (let turn = from; turn < to; turn++) {
    const start = (turn % TURNS) * DEPTHS;
    for (let depth = 0; depth < DEPTHS; depth++) sums[depth] = (sums[depth] as number) + (shares[start + depth] as number);
  }
  return sums.map((sum) => sum / Math.max(1, to - from));
}

/** The depth at which the ring's lines have ended. */
function lineEnd(rows: readonly number[], deepest: number): number {
  const blackest = Math.max(...rows.slice(0, FIRST_LINE));
  let end = Math.max(
    0,
    rows.slice(0, deepest).findLastIndex((ink) => ink >= LINE_INK * blackest),
  );
  while (end < deepest && (rows[end] as number) >= ENDED * blackest && (rows[end + 1] as number) < (rows[end] as number)) end++;
  return end;
}

/** All turns but the widest gap: the span in which there are letters. */
function widestText(ink: readonly number[]): Span | undefined {
  const half = (LETTER_TURNS - 1) / 2;
  const near = ink.map((_, at) => mean(Array.from({ length: LETTER_TURNS }, (__, i) => ink[(at + i - half + TURNS) % TURNS] as number)));
  const least = Math.max(GRAIN, GAP_INK * (near.toSorted((a, b) => a - b)[Math.floor(0.8 * TURNS)] as number));
  const isGap = near.map((value) => value <= least);
  if (isGap.every(Boolean)) return undefined;
  let widest = { from: 0, length: 0 };
  for (let start = 0; start < TURNS; start++) {
    if (!isGap[start] || isGap[(start + TURNS - 1) % TURNS]) continue;
    let length = 0;
    while (isGap[(start + length) % TURNS]) length++;
    if (length > widest.length) widest = { from: start, length };
  }
  const from = (widest.from + widest.length) % TURNS;
  return { from, to: from + TURNS - widest.length };
}

/** The middle of the text, which what stands beside it does not reach. */
function middleOf({ from, to }: Span): Span {
  const edge = Math.floor((to - from) / 6);
  return { from: from + edge, to: to - edge };
}

/** First and last depth of the letters below the ring's line. */
function letterRows(rows: readonly number[], line: number): [number, number] {
  const lowest = Math.min(DEPTHS, line + MOST_LETTER);
  const least = ENDED * Math.max(...rows.slice(line + 2, lowest));
  const first = rows.findIndex((ink, depth) => depth >= line + 2 && ink >= least);
  const top = first <= line + 2 ? line : first - 0.5;
  for (let depth = first + LEAST_LETTER; depth < lowest; depth++) if ((rows[depth] as number) < least) return [top, depth - 0.5];
  return [top, palest(rows, first + LEAST_LETTER, lowest)];
}

/** Where letters run into what is below them, the row with the least ink is taken for their foot. */
function palest(rows: readonly number[], from: number, to: number): number {
  let best = from;
  for (let depth = from; depth < to; depth++) if ((rows[depth] as number) < (rows[best] as number)) best = depth;
  return best;
}

function mean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i] as number;
  return sum / Math.max(1, values.length);
}
