import { foldSign } from '@app/ocr/shapes';
import type { EvidenceChar } from '../evidence';
import { foldText, simplify } from '../text/folding';
import { offsetAlong, placeLine, type PlacedLine } from './placed-line';
import { fitSkew, isSlanted, type SkewField } from './skew';

/** Boxes belong to one row when their middles differ by less than this share of the smaller height. */
const SAME_ROW = 0.6;

/** Boxes that overlap by more than so many text heights are one run of print only where they repeat each other's characters. */
const DEEP_OVERLAP = 1.5;

/** Fewer characters may be the same by chance. */
const LEAST_REPEATED = 3;
const MOST_REPEATED = 60;

/** What seals say of themselves; the text stands on the page but is no part of any row. */
const SEAL_LEGEND = /^.{0,6}(专用章|监制章?)$/u;

/**
 * One character of a row. `folded` is its form for values, `gap` the blank before it in text heights. A full-width or traditional twin of
 * the character is no rival to it: their confidences are added up.
 */
export interface Glyph extends EvidenceChar {
  folded: string;
  startsBox: boolean;
  spaced: boolean;
  gap: number;
  placed: PlacedLine;
}

/** Boxes that stand beside each other, as one run of characters; `text` has one unit for each glyph, simplified for matching. */
export interface Row {
  lines: PlacedLine[];
  glyphs: Glyph[];
  text: string;
}

/** Everything on one bill's part of a page: its rows from top to bottom, and the skew they follow. */
export interface Layout {
  rows: Row[];
  skew: SkewField;
}

/** Puts lines into rows along the page's own skew. The text of seals is left out: it stands across the page's text or says what it is. */
export function layOut(lines: PlacedLine[]): Layout {
  const skew = fitSkew(lines);
  const straight = lines.filter((line) => !isSlanted(line, skew) && !SEAL_LEGEND.test(foldText(line.line.text)));
  const built = groupRows(straight, skew)
    .map(buildRow)
    .filter((row) => row.glyphs.length > 0);
  return { rows: built, skew };
}

/** Lines that stand beside each other, from left to right; the rows from top to bottom. */
export function groupRows(lines: readonly PlacedLine[], skew: SkewField): PlacedLine[][] {
  const rows: PlacedLine[][] = [];
  for (const line of [...lines].sort((a, b) => a.left.x - b.left.x)) {
    const row = rowFor(line, rows, skew);
    if (row) row.push(line);
    else rows.push([line]);
  }
  return rows.sort((a, b) => topOf(a, skew) - topOf(b, skew));
}

/** Places the lines of a page; see `layOut`. */
export function placeLines(lines: Parameters<typeof placeLine>[0][]): PlacedLine[] {
  return lines.map(placeLine).filter((line) => line.height > 0 && line.width > 0);
}

function rowFor(line: PlacedLine, rows: PlacedLine[][], skew: SkewField): PlacedLine[] | undefined {
  let best: { row: PlacedLine[]; miss: number } | undefined;
  for (const row of rows) {
    const last = row.at(-1);
    if (!last) continue;
    const angle = skew((last.right.x + line.left.x) / 2, (last.right.y + line.left.y) / 2);
    const { along, across } = offsetAlong(last.right, line.left, angle);
    const height = Math.min(last.height, line.height);
    const miss = Math.abs(across) / height;
    if (miss > SAME_ROW || (along < -DEEP_OVERLAP * height && repeated(last, line, -along) === 0)) continue;
    if (!best || miss < best.miss) best = { row, miss };
  }
  return best?.row;
}

/** How many characters at the start of a box are those at the end of the box before it, where the two overlap by so many pixels. */
function repeated(before: PlacedLine, line: PlacedLine, overlap: number): number {
  const end = signsOf(before.line.chars.slice(-MOST_REPEATED));
  const start = signsOf(line.line.chars.slice(0, MOST_REPEATED));
  const pitch = line.width / Math.max(1, line.line.chars.length);
  for (let count = Math.min(end.length, start.length); count >= LEAST_REPEATED; count -= 1) {
    const isAsWide = count * pitch < 2 * overlap && overlap < 2 * count * pitch;
    if (isAsWide && end.slice(-count).join('') === start.slice(0, count).join('')) return count;
  }
  return 0;
}

function signsOf(chars: readonly EvidenceChar[]): string[] {
  return chars.map(({ text }) => foldSign(text)).filter((sign) => sign !== '');
}

function topOf([first]: PlacedLine[], skew: SkewField): number {
  if (!first) return 0;
  return offsetAlong({ x: 0, y: 0 }, first.centre, skew(first.centre.x, first.centre.y)).across;
}

function buildRow(lines: PlacedLine[]): Row {
  const glyphs: Glyph[] = [];
  for (const placed of lines) {
    const before = glyphs.at(-1)?.placed;
    const along = before ? offsetAlong(before.right, placed.left, placed.angle).along : 0;
    const twice = before ? repeated(before, placed, -along) : 0;
    glyphs.push(...boxGlyphs(placed, Math.max(0, along / placed.height)).slice(twice));
  }
  return { lines, glyphs, text: glyphs.map(matchedSign).join('') };
}

function boxGlyphs(placed: PlacedLine, startGap: number): Glyph[] {
  const chars = placed.line.chars;
  const pitch = placed.width / Math.max(1, chars.length);
  const glyphs: Glyph[] = [];
  let previous: EvidenceChar | undefined;
  let spaced = false;
  for (const char of chars) {
    const folded = foldSign(char.text);
    if (folded === '') {
      spaced = true;
      continue;
    }
    const gap = previous ? Math.max(0, (char.x - previous.x - pitch) / placed.height) : startGap;
    const rivals = char.alternatives.filter((other) => simplify(foldSign(other.text)) !== simplify(folded));
    const confidence = char.confidence + sumOf(char.alternatives.filter((other) => !rivals.includes(other)));
    glyphs.push({ ...char, confidence: Math.min(1, confidence), alternatives: rivals, folded, startsBox: !previous, spaced, gap, placed });
    previous = char;
    spaced = false;
  }
  return glyphs;
}

/** What labels and titles are matched with: what the engine prefers, where that is one sign. Values are taken as they were read. */
function matchedSign({ folded, preferred }: Glyph): string {
  const sign = preferred?.text.length === 1 ? foldSign(preferred.text) : '';
  return simplify(sign === '' ? folded : sign);
}

function sumOf(options: { confidence: number }[]): number {
  return options.reduce((sum, { confidence }) => sum + confidence, 0);
}
