import { DocumentError } from '../document.error';
import type { PlacedChar } from '../text/placed-char';
import { middleOf } from './draw-content';
import type { Drawn, DrawnText } from './drawn';
import { areaOf, type Bounds, boundsOf, contains, intersection, type Point } from './geometry';
import type { Ink } from './ink';
import type { Surface } from './surface';

/** Luminances closer than this cannot be told apart on paper: a light grey of 224 is just seen on white. */
const LEAST_CONTRAST = 0.12;

/** What lies over text hides it where less than this of it shines through. */
const OPAQUE = 0.7;

/** Lighter than this, something laid over text is paper: it takes strokes away without leaving a trace. */
const PAPER = 0.85;

/** Shares of a character's box: as little paper makes 8 a 3, while the strokes of a seal leave it legible. */
const MOST_PAPER = 0.12;
const MOST_COVER = 0.45;

/** Characters whose boxes share this much of the smaller one cannot both be read. */
const OVERPRINT = 0.5;

/** A watermark is so many times larger than the text it lies on. */
const WATERMARK = 2.5;

/** Smaller print is none for people: a millimetre is 3 points. */
const SMALLEST_MM = 0.8;

/** Characters of which one may lie on another, and those that share a column: far more than a page full of small print has. */
const MAX_PAIRS = 200_000;
const MAX_COMPARED = 20_000_000;

/** Where in a character's box is looked, along and across. */
const PROBES = [0.1, 0.3, 0.5, 0.7, 0.9] as const;

/** A character, the run it belongs to, and what it takes up on the page. */
interface Standing {
  char: PlacedChar;
  ink: Ink;
  order: number;
  bounds: Bounds;
}

/** The characters that a person who looks at the page would not see as the file gives them. */
export function findHidden(drawn: readonly Drawn[], surface: Surface, paper: Bounds, pixelsPerMm: number): Set<PlacedChar> {
  const standing = drawn.flatMap((each, order) => (each.kind === 'text' ? standingOf(each, order) : []));
  const hidden = new Set<PlacedChar>(findOverprinted(standing));
  for (const each of standing) {
    const { char, bounds } = each;
    const isOnPaper = contains(paper, middleOf(char)) && areaOf(intersection(bounds, paper)) > 0.5 * areaOf(bounds);
    const isLegible = isOnPaper && char.height >= SMALLEST_MM * pixelsPerMm;
    if (!isLegible || !hasContrast(each, surface) || isCovered(each, surface)) hidden.add(char);
  }
  return hidden;
}

function standingOf({ chars, ink }: DrawnText, order: number): Standing[] {
  return chars.filter(({ text }) => text.trim() !== '').map((char) => ({ char, ink, order, bounds: boundsOf(outlineOf(char)) }));
}

function outlineOf(char: PlacedChar): Point[] {
  return [pointIn(char, 0, 0), pointIn(char, 1, 0), pointIn(char, 1, 1), pointIn(char, 0, 1)];
}

/** A point in a character's box, by its shares of width and height. */
function pointIn({ left, top, width, height, angle }: PlacedChar, along: number, across: number): Point {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  return [left + along * width * cos - across * height * sin, top + along * width * sin + across * height * cos];
}

function probesOf(char: PlacedChar): Point[] {
  return PROBES.flatMap((across) => PROBES.map((along) => pointIn(char, along, across)));
}

/** NaN, which nobody knows, is no contrast. */
function hasContrast({ char, ink, order }: Standing, surface: Surface): boolean {
  const probes = probesOf(char);
  const clear = probes.filter((point) => {
    return ink.alpha * Math.abs(ink.luminance - surface.luminanceBelow(point, order)) >= LEAST_CONTRAST;
  });
  return clear.length > probes.length / 2;
}

function isCovered({ char, order }: Standing, surface: Surface): boolean {
  const probes = probesOf(char);
  const covers = probes.map((point) => surface.coverAbove(point, order)).filter((ink) => ink !== null && ink.alpha >= OPAQUE);
  const papers = covers.filter((ink) => ink !== null && ink.luminance > PAPER);
  return papers.length > MOST_PAPER * probes.length || covers.length > MOST_COVER * probes.length;
}

/** Characters on which others are printed. The same one again only makes it bold, and one that is much larger is a watermark, unless it is white. */
function findOverprinted(standing: readonly Standing[]): PlacedChar[] {
  const overprinted: PlacedChar[] = [];
  for (const [earlier, later] of neighbours(standing)) {
    const shared = areaOf(intersection(earlier.bounds, later.bounds));
    const erases = later.ink.luminance > PAPER && later.ink.alpha >= OPAQUE && shared > MOST_PAPER * areaOf(earlier.bounds);
    const isSame = earlier.char.text === later.char.text;
    const isWatermark = ratio(earlier.char.height, later.char.height) > WATERMARK;
    const clashes = !isSame && !isWatermark && shared > OVERPRINT * Math.min(areaOf(earlier.bounds), areaOf(later.bounds));
    if (erases || clashes) overprinted.push(earlier.char);
    if (clashes) overprinted.push(later.char);
  }
  return overprinted;
}

function ratio(a: number, b: number): number {
  return Math.max(a, b) / Math.min(a, b);
}

/** Pairs whose boxes may share something, the one drawn first in front: by a sweep along the page. */
function* neighbours(standing: readonly Standing[]): Generator<[Standing, Standing]> {
  const inOrder = [...standing].sort((a, b) => a.bounds.left - b.bounds.left);
  const open: Standing[] = [];
  let pairs = 0;
  let compared = 0;
  for (const each of inOrder) {
    let kept = 0;
    compared += open.length;
    for (const other of open) {
      if (other.bounds.right <= each.bounds.left) continue;
      open[kept] = other;
      kept += 1;
      if (other.bounds.top >= each.bounds.bottom || each.bounds.top >= other.bounds.bottom) continue;
      pairs += 1;
      if (pairs > MAX_PAIRS || compared > MAX_COMPARED) {
        throw new DocumentError('unsafe', 'the OFD page prints more text on text than any page needs');
      }
      yield each.order < other.order ? [each, other] : [other, each];
    }
    open.length = kept;
    open.push(each);
  }
}
