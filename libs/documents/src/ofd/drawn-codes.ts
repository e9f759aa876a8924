import sharp from 'sharp';
import type { PageImage } from '../page-image';
import type { Drawn, DrawnShape } from './drawn';
import { type Bounds, boundsOf, type Point } from './geometry';

/** The squares of a code that is drawn are dark; a code of 21 modules a side has some 100 runs of them. */
const DARKEST = 0.5;
const FEWEST_SQUARES = 80;

/** Millimetres: a module's height, the length of a run of modules, the side of a code. */
const MODULE = [0.1, 2.5] as const;
const LONGEST_RUN = 30;
const SIDE = [6, 80] as const;

/** A code is as wide as it is high, or misses a row of modules. */
const LEAST_SQUARE = 0.9;

/** Pixels of a side of the picture that is made, without the quiet zone, which is `MARGIN` of it. */
const PICTURE_SIDE = 480;
const MARGIN = 0.15;

const MOST_CODES = 4;

/** Codes that are drawn square by square, as pictures of their own. */
export async function drawnCodes(drawn: readonly Drawn[], pixelsPerMm: number): Promise<PageImage[]> {
  const groups = groupsOf(
    drawn.filter((each) => each.kind === 'shape').flatMap((shape) => squaresOf(shape, pixelsPerMm)),
    pixelsPerMm,
  );
  const codes = groups.filter((squares) => looksLikeCode(squares, pixelsPerMm));
  return Promise.all(codes.slice(0, MOST_CODES).map(paint));
}

function squaresOf({ polygons, ink }: DrawnShape, pixelsPerMm: number): Bounds[] {
  if (ink.luminance > DARKEST || ink.alpha < DARKEST) return [];
  return polygons.filter(isUpright).map(boundsOf).filter((bounds) => isModule(bounds, pixelsPerMm)); // prettier-ignore
}

function isUpright(polygon: readonly Point[]): boolean {
  const { left, top, right, bottom } = boundsOf(polygon);
  const isCorner = ([x, y]: Point) => (near(x, left) || near(x, right)) && (near(y, top) || near(y, bottom));
  return polygon.length >= 4 && polygon.length <= 6 && polygon.every(isCorner);
}

function near(a: number, b: number): boolean {
  return Math.abs(a - b) < 0.05;
}

function isModule({ left, top, right, bottom }: Bounds, pixelsPerMm: number): boolean {
  const [short, long] = [right - left, bottom - top].map((side) => side / pixelsPerMm).sort((a, b) => a - b);
  return short !== undefined && long !== undefined && short >= MODULE[0] && short <= MODULE[1] && long <= LONGEST_RUN;
}

/** Squares that stand nearer together than the widest module: by the cells of a grid of that width which they touch. */
function groupsOf(squares: readonly Bounds[], pixelsPerMm: number): Bounds[][] {
  const side = 2 * MODULE[1] * pixelsPerMm;
  const cells = new Map<string, Bounds[]>();
  for (const square of squares) {
    const cell = `${Math.floor(square.left / side)} ${Math.floor(square.top / side)}`;
    const found = cells.get(cell);
    if (found) found.push(square);
    else cells.set(cell, [square]);
  }
  const groups: Bounds[][] = [];
  for (const start of cells.keys()) {
    const group: Bounds[] = [];
    const waiting = [start];
    for (let cell = waiting.pop(); cell !== undefined; cell = waiting.pop()) {
      const found = cells.get(cell);
      if (!found) continue;
      cells.delete(cell);
      for (const square of found) group.push(square);
      waiting.push(...around(cell));
    }
    if (group.length > 0) groups.push(group);
  }
  return groups;
}

function around(cell: string): string[] {
  const [column = 0, row = 0] = cell.split(' ').map(Number);
  return [-1, 0, 1].flatMap((down) => [-1, 0, 1].map((across) => `${column + across} ${row + down}`));
}

function looksLikeCode(squares: readonly Bounds[], pixelsPerMm: number): boolean {
  if (squares.length < FEWEST_SQUARES) return false;
  const { left, top, right, bottom } = extentOf(squares);
  const [short, long] = [right - left, bottom - top].sort((a, b) => a - b);
  if (short === undefined || long === undefined || short < LEAST_SQUARE * long) return false;
  return long >= SIDE[0] * pixelsPerMm && long <= SIDE[1] * pixelsPerMm;
}

function extentOf(squares: readonly Bounds[]): Bounds {
  return boundsOf(squares.flatMap(({ left, top, right, bottom }): Point[] => [[left, top], [right, bottom]])); // prettier-ignore
}

async function paint(squares: readonly Bounds[]): Promise<PageImage> {
  const { left, top, right, bottom } = extentOf(squares);
  const scale = PICTURE_SIDE / Math.max(right - left, bottom - top);
  const margin = Math.round(MARGIN * PICTURE_SIDE);
  const side = PICTURE_SIDE + 2 * margin;
  const gray = Buffer.alloc(side * side, 255);
  for (const square of squares) {
    const from = Math.round((square.left - left) * scale) + margin;
    const to = Math.round((square.right - left) * scale) + margin;
    for (let y = Math.round((square.top - top) * scale); y < Math.round((square.bottom - top) * scale); y += 1) {
      gray.fill(0, (y + margin) * side + from, (y + margin) * side + to);
    }
  }
  const { data } = await sharp(gray, { raw: { width: side, height: side, channels: 1 } })
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: side, height: side, rgb: data };
}
