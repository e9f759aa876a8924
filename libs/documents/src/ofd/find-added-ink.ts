import { DocumentError } from '../document.error';
import type { PlacedChar } from '../text/placed-char';
import type { Drawn, DrawnImage } from './drawn';
import type { DrawnPage } from './draw-page';
import { apply, areaOf, type Bounds, boundsOf, contains, intersection, inverse, type Point } from './geometry';
import type { Thumbnail } from './image-source';
import { MAX_LOOKS } from './ofd-limits';
import type { Paper } from './page-area';

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

/** What is drawn like this, so often, on so much of the paper, is print of its own: the outlines of a bill's text without its text. */
const PRINT_MARKS = 200;
const PRINT_SHARE = 0.15;

/** Millimetres of the side of the cells that are counted for that. */
const CELL_MM = 10;

/** A point of a picture is ink where it is as dark and as dense as print; so much of a character's surroundings may be by chance. */
const DARK = 0.45;
const DENSE = 0.5;
const CHANCE = 0.06;

/** Where around a character is looked: shares of its height beside it, and of its box. */
const BESIDE = [-0.6, -0.45, -0.3, -0.15] as const;
const WITHIN = [0.1, 0.3, 0.5, 0.7, 0.9] as const;

/**
 * Characters with marks on them or beside them that are not text: a digit that is drawn before an amount, a dot inside it, a stroke that makes 3
 * an 8. Nobody can say what a person reads there, nor what is meant on a page that is drawn as a whole.
 */
export function findAddedInk(
  { drawn, paper }: DrawnPage,
  chars: readonly PlacedChar[],
  thumbnails: ReadonlyMap<string, Thumbnail>,
): Set<PlacedChar> {
  const marks = drawn.flatMap(marksOf).sort((a, b) => a.left - b.left);
  if (isPrint(marks, paper)) return new Set(chars);
  const widest = marks.reduce((most, { left, right }) => Math.max(most, right - left), 0);
  const inked = inkedByPictures(
    chars,
    drawn.filter((each) => each.kind === 'image').flatMap((image) => pictureOf(image, thumbnails)),
  );
  return new Set(chars.filter((char) => char.angle === 0 && (inked.has(char) || hasMarkNear(char, marks, widest))));
}

function inkedByPictures(chars: readonly PlacedChar[], pictures: readonly Picture[]): Set<PlacedChar> {
  const inked = new Set<PlacedChar>();
  let looks = 0;
  for (const picture of pictures) {
    for (const char of chars) {
      if (areaOf(intersection(picture.bounds, surroundingsOf(char))) === 0) continue;
      looks += 1;
      if (looks > MAX_LOOKS) throw new DocumentError('unsafe', 'the OFD page has more pictures on its text than any page needs');
      if (hasInkNear(char, picture.inkAt)) inked.add(char);
    }
  }
  return inked;
}

function surroundingsOf({ left, top, width, height }: PlacedChar): Bounds {
  return { left: left - NEAR * height, top, right: left + width + NEAR * height, bottom: top + height };
}

function isPrint(marks: readonly Bounds[], { width, height, pixelsPerMm }: Paper): boolean {
  const [smallest, largest] = [0.15 * pixelsPerMm, CELL_MM * pixelsPerMm];
  const glyphs = marks.filter(({ left, top, right, bottom }) => {
    const [short, long] = [Math.min(right - left, bottom - top), Math.max(right - left, bottom - top)];
    return short > smallest && long < largest;
  });
  if (glyphs.length < PRINT_MARKS) return false;
  const cells = new Set(glyphs.map(({ left, top }) => `${Math.floor(left / largest)} ${Math.floor(top / largest)}`));
  return cells.size > (PRINT_SHARE * width * height) / largest ** 2;
}

/** A placed picture, and whether it has ink at a point of the page. */
interface Picture {
  bounds: Bounds;
  inkAt: (point: Point) => boolean;
}

function pictureOf({ place, alpha, path, bounds }: DrawnImage, thumbnails: ReadonlyMap<string, Thumbnail>): Picture[] {
  const thumbnail = thumbnails.get(path ?? '');
  const back = inverse(place);
  if (!thumbnail || !back) return [];
  const inkAt = (point: Point): boolean => {
    const [u, v] = apply(back, point);
    if (!contains(bounds, point) || u < 0 || v < 0 || u >= 1 || v >= 1) return false;
    const at = Math.floor(v * thumbnail.height) * thumbnail.width + Math.floor(u * thumbnail.width);
    return (thumbnail.brightness[at] ?? 1) < DARK && (thumbnail.alpha[at] ?? 0) * alpha > DENSE;
  };
  return [{ bounds, inkAt }];
}

function hasInkNear({ left, top, width, height }: PlacedChar, inkAt: Picture['inkAt']): boolean {
  const across = [...BESIDE.map((share) => left + share * height), ...WITHIN.map((share) => left + share * width), ...BESIDE.map((share) => left + width - share * height)]; // prettier-ignore
  const points = across.flatMap((x) => WITHIN.map((share): Point => [x, top + share * height]));
  return points.filter(inkAt).length > CHANCE * points.length;
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
