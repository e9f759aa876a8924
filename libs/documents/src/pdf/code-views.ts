import type { PageImage } from '../page-image';
import type { Box } from './page-geometry';
import type { PageObject } from './page-objects';
import type { View } from './render';

/** Codes on a page beyond this many are not looked for: a bill has one, several bills on a page have one each. */
const MAX_VIEWS = 8;

/** Sides of what may be a code, in points: 7 mm to 80 mm. */
const SMALLEST = 20;
const LARGEST = 230;

/** A code is square; pictures of one often have room for a caption. */
const LONGEST_SHAPE = 1.35;

/** Pixels of the longer side of a view: eight for each module of the densest code that a bill's text needs. */
const VIEW_PIXELS = 480;

/** White around a code that belongs to it, as a share of its side: four modules of twenty-five. */
const QUIET = 0.16;

/** The smallest code, version 1 with few runs, has more dark pieces than this when each run or module is drawn by itself. */
const FEWEST_PIECES = 40;

/** Pieces of one drawing lie nearer to each other than this share of the drawing's side. */
const GAP = 0.2;

/** Of 1, how dark what may be a code is on the average: codes are half dark, also in colours; a seal is red and mostly paper. */
const DARKNESS = 0.15;

/** Where QR codes may be: square pictures, square drawings, and squares made of many small pieces. `objects` are placed on `whole`, the page. */
export function codeViews(objects: readonly PageObject[], pixelsPerPoint: number, whole: PageImage): View[] {
  const scaled = (points: number) => points * pixelsPerPoint;
  const isCode = (box: Box) => isSquarish(box, scaled(SMALLEST), scaled(LARGEST));
  const single = objects.filter(({ kind, box }) => kind !== 'text' && isCode(box)).map(({ box }) => box);
  const pieces = objects
    .filter(({ kind, box }) => (kind === 'path' || kind === 'image') && sideOf(box) < scaled(SMALLEST))
    .map(({ box }) => box);
  const candidates = [...clustersOf(pieces, scaled(LARGEST)).filter(isCode), ...single];
  return distinct(candidates)
    .filter((box) => darknessOf(box, whole) >= DARKNESS)
    .slice(0, MAX_VIEWS)
    .map((box) => viewOf(box, pixelsPerPoint, whole));
}

function darknessOf({ left, top, right, bottom }: Box, { width, height, rgb }: PageImage): number {
  let [sum, count] = [0, 0];
  for (let y = Math.max(0, Math.floor(top)); y < Math.min(height, bottom); y += 1) {
    for (let x = Math.max(0, Math.floor(left)); x < Math.min(width, right); x += 1) {
      const at = (y * width + x) * 3;
      sum += 255 - (0.299 * (rgb[at] ?? 0) + 0.587 * (rgb[at + 1] ?? 0) + 0.114 * (rgb[at + 2] ?? 0));
      count += 1;
    }
  }
  return count === 0 ? 0 : sum / (255 * count);
}

function sideOf({ left, top, right, bottom }: Box): number {
  return Math.max(right - left, bottom - top);
}

function isSquarish(box: Box, smallest: number, largest: number): boolean {
  const [width, height] = [box.right - box.left, box.bottom - box.top];
  return Math.min(width, height) >= smallest && sideOf(box) <= largest && sideOf(box) <= LONGEST_SHAPE * Math.min(width, height);
}

/** Pieces that are drawn one after another near each other, as far as together they stay no larger than a code. */
function clustersOf(pieces: readonly Box[], largest: number): Box[] {
  const clusters: { box: Box; count: number }[] = [];
  for (const piece of pieces) {
    const last = clusters.at(-1);
    const grown = last && around(last.box, piece);
    if (last && grown && sideOf(grown) <= largest && distance(last.box, piece) <= GAP * largest) {
      last.box = grown;
      last.count += 1;
    } else clusters.push({ box: piece, count: 1 });
  }
  return clusters.filter(({ count }) => count >= FEWEST_PIECES).map(({ box }) => box);
}

function around(a: Box, b: Box): Box {
  return {
    left: Math.min(a.left, b.left),
    top: Math.min(a.top, b.top),
    right: Math.max(a.right, b.right),
    bottom: Math.max(a.bottom, b.bottom),
  };
}

function distance(a: Box, b: Box): number {
  return Math.max(0, a.left - b.right, b.left - a.right, a.top - b.bottom, b.top - a.bottom);
}

/** Of boxes that lie in one another the first: a code's parts are no codes of their own, nor is a frame around it. */
function distinct(boxes: readonly Box[]): Box[] {
  const kept: Box[] = [];
  for (const box of boxes) if (!kept.some((other) => overlap(box, other) > 0.5)) kept.push(box);
  return kept;
}

function areaOf({ left, top, right, bottom }: Box): number {
  return Math.max(0, right - left) * Math.max(0, bottom - top);
}

/** The shared area as a share of the smaller box. */
function overlap(a: Box, b: Box): number {
  const shared = {
    left: Math.max(a.left, b.left),
    top: Math.max(a.top, b.top),
    right: Math.min(a.right, b.right),
    bottom: Math.min(a.bottom, b.bottom),
  };
  return shared.right > shared.left && shared.bottom > shared.top ? areaOf(shared) / Math.min(areaOf(a), areaOf(b)) : 0;
}

function viewOf(box: Box, pixelsPerPoint: number, sheet: PageImage): View {
  const quiet = QUIET * sideOf(box);
  const enlarge = VIEW_PIXELS / (sideOf(box) + 2 * quiet);
  return {
    pixelsPerPoint: pixelsPerPoint * enlarge,
    box: {
      left: Math.max(0, Math.floor((box.left - quiet) * enlarge)),
      top: Math.max(0, Math.floor((box.top - quiet) * enlarge)),
      right: Math.min(Math.ceil(sheet.width * enlarge), Math.ceil((box.right + quiet) * enlarge)),
      bottom: Math.min(Math.ceil(sheet.height * enlarge), Math.ceil((box.bottom + quiet) * enlarge)),
    },
  };
}
