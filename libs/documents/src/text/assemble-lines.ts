import type { PlacedChar } from './placed-char';
import type { TextLine } from './text-line';

/** A blank wider than this many text heights parts two lines: what stands there is another column. */
const WIDEST_BLANK = 1;

/** A blank wider than this many text heights is a space: fonts make theirs a quarter wide. */
const SPACE = 0.22;

/** Characters whose middles differ by less than this share of the smaller height stand beside each other. */
const SAME_LINE = 0.4;

/** The same character this near, in its width or height, whichever is less, was drawn twice to make it bold. Figures may be narrow. */
const SAME_PLACE = 0.3;

/** Rows that a character may still join, in order of height; more than these overlap only where somebody means to exhaust a reader. */
const NEAR_ROWS = 64;

/** Directions that differ by less than this, in radians, are the same. */
const SAME_DIRECTION = 0.02;

/** A character in the frame of its own direction: `along` is where it begins, `middle` where its middle is across. */
interface FramedChar {
  char: PlacedChar;
  along: number;
  middle: number;
}

/** Puts characters, in whatever order a file has them, into lines by where they stand. White space counts only as a blank. */
export function assembleLines(chars: readonly PlacedChar[]): TextLine[] {
  const printed = chars.filter(({ text, width, height }) => text.trim() !== '' && width > 0 && height > 0);
  return byDirection(printed).flatMap((group) => linesOf(group));
}

function byDirection(chars: readonly PlacedChar[]): PlacedChar[][] {
  const groups: PlacedChar[][] = [];
  for (const char of chars) {
    const group = groups.find(([first]) => first && turnBetween(first.angle, char.angle) < SAME_DIRECTION);
    if (group) group.push(char);
    else groups.push([char]);
  }
  return groups;
}

function turnBetween(a: number, b: number): number {
  const turn = Math.abs(a - b) % (2 * Math.PI);
  return Math.min(turn, 2 * Math.PI - turn);
}

function linesOf(chars: readonly PlacedChar[]): TextLine[] {
  const angle = chars[0]?.angle ?? 0;
  const framed = chars
    .map((char): FramedChar => {
      const across = char.top * Math.cos(angle) - char.left * Math.sin(angle);
      return { char, along: char.left * Math.cos(angle) + char.top * Math.sin(angle), middle: across + char.height / 2 };
    })
    .sort((a, b) => a.middle - b.middle);
  return rowsOf(framed)
    .flatMap(splitAtBlanks)
    .map((line) => toLine(line, angle));
}

/** Rows by their middles: a character joins the row of the one before it in order of height, as long as it is near the row's own middle. */
function rowsOf(framed: readonly FramedChar[]): FramedChar[][] {
  const rows: { chars: FramedChar[]; middle: number; height: number }[] = [];
  for (const each of framed) {
    const { height } = each.char;
    const row = rows
      .slice(-NEAR_ROWS)
      .findLast((other) => Math.abs(each.middle - other.middle) < SAME_LINE * Math.min(height, other.height));
    if (!row) {
      rows.push({ chars: [each], middle: each.middle, height });
      continue;
    }
    row.chars.push(each);
    row.middle += (each.middle - row.middle) / row.chars.length;
    row.height = Math.max(row.height, height);
  }
  return rows.map(({ chars }) => chars.sort((a, b) => a.along - b.along));
}

function splitAtBlanks(row: readonly FramedChar[]): FramedChar[][] {
  const parts: FramedChar[][] = [];
  for (const each of row) {
    const part = parts.at(-1);
    const last = part?.at(-1);
    if (!part || !last) {
      parts.push([each]);
      continue;
    }
    if (last.char.text === each.char.text && each.along - last.along < SAME_PLACE * Math.min(each.char.width, each.char.height)) continue;
    const blank = each.along - last.along - last.char.width;
    if (blank > WIDEST_BLANK * Math.max(last.char.height, each.char.height)) parts.push([each]);
    else part.push(each);
  }
  return parts;
}

function toLine(line: readonly FramedChar[], angle: number): TextLine {
  const start = Math.min(...line.map(({ along }) => along));
  const end = Math.max(...line.map(({ along, char }) => along + char.width));
  const top = Math.min(...line.map(({ middle, char }) => middle - char.height / 2));
  const bottom = Math.max(...line.map(({ middle, char }) => middle + char.height / 2));
  const text: string[] = [];
  const chars: TextLine['chars'] = [];
  let after = start;
  for (const { char, along } of line) {
    if (along - after > SPACE * char.height) {
      text.push(' ');
      chars.push({ text: ' ', x: (after + along) / 2 - start, isVisible: true });
    }
    text.push(char.text);
    chars.push({ text: char.text, x: along + char.width / 2 - start, isVisible: char.isVisible });
    after = along + char.width;
  }
  const corner = (along: number, across: number): [number, number] => [
    along * Math.cos(angle) - across * Math.sin(angle),
    along * Math.sin(angle) + across * Math.cos(angle),
  ];
  return { text: text.join(''), quad: [corner(start, top), corner(end, top), corner(end, bottom), corner(start, bottom)], chars };
}
