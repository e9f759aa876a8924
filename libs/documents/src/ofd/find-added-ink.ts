import type { PlacedChar } from '../text/placed-char';
import type { Drawn } from './drawn';
import { areaOf, type Bounds, boundsOf } from './geometry';

/** Ink that is lighter than this, or lets more through, changes no character. */
const LIGHTEST = 0.85;
const FAINTEST = 0.3;

/** Something this many times higher or wider than a character is no stroke of one: a seal, a code, a rule. */
const LARGEST = 3;

/** A rule is longer than a character is high, and thin. */
const RULE_LENGTH = 1.15;
const RULE_WIDTH = 0.3;

/** How near, in heights of a character, ink reads as part of it or as its neighbour. */
const NEAR = 0.6;

/**
 * Characters with small marks on them or beside them that are not text: a digit that is drawn before an amount, a dot inside it, a stroke that
 * makes 3 an 8. Nobody can say what a person reads there.
 */
export function findAddedInk(drawn: readonly Drawn[], chars: readonly PlacedChar[]): Set<PlacedChar> {
  const marks = drawn.flatMap(marksOf).sort((a, b) => a.left - b.left);
  const widest = Math.max(0, ...new Set(marks.map(({ left, right }) => Math.ceil(right - left))));
  return new Set(chars.filter((char) => char.angle === 0 && hasMarkNear(char, marks, widest)));
}

function hasMarkNear({ left, top, width, height }: PlacedChar, marks: readonly Bounds[], widest: number): boolean {
  const from = left - NEAR * height;
  const to = left + width + NEAR * height;
  for (let i = firstFrom(marks, from - Math.min(widest, LARGEST * height)); i < marks.length; i += 1) {
    const mark = marks[i];
    if (!mark || mark.left > to) return false;
    const middle = (mark.top + mark.bottom) / 2;
    const isInLine = mark.right >= from && middle > top + 0.1 * height && middle < top + 0.95 * height;
    if (isInLine && couldBeStroke(mark, height)) return true;
  }
  return false;
}

function couldBeStroke({ left, top, right, bottom }: Bounds, height: number): boolean {
  const [across, down] = [right - left, bottom - top];
  if (Math.max(across, down) > LARGEST * height) return false;
  return Math.max(across, down) <= RULE_LENGTH * height || Math.min(across, down) > RULE_WIDTH * height;
}

/** The first that begins at or after a place, among marks in order of their beginnings. */
function firstFrom(marks: readonly Bounds[], place: number): number {
  let [low, high] = [0, marks.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((marks[middle]?.left ?? Infinity) < place) low = middle + 1;
    else high = middle;
  }
  return low;
}

function marksOf(each: Drawn): Bounds[] {
  if (each.kind === 'text' || areaOf(each.bounds) === 0) return [];
  if (each.kind === 'image') return each.alpha >= FAINTEST ? [each.bounds] : [];
  if (each.ink.alpha < FAINTEST || each.ink.luminance > LIGHTEST) return [];
  return each.polygons.map(boundsOf);
}
