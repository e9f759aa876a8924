import type { Box } from './page-geometry';

/** Ink on a page: how much of each pixel is covered, 0 to 255. */
export interface Ink {
  width: number;
  height: number;
  coverage: Uint8Array;
}

/** A figure as a page draws it: what the file says it is, the font it is drawn in, and the box around its ink. */
export interface DrawnFigure {
  text: string;
  font: number;
  /** Of its font, in pixels. */
  size: number;
  box: Box;
}

/** What figures look like: for each of them its shape in one face or several. */
export type FigureShapes = ReadonlyMap<string, readonly Shape[]>;

/** Ink on a grid, with a mean of 0 and a length of 1. */
type Shape = Float32Array;

const COLUMNS = 8;
const ROWS = 12;

/** Narrower than this for its height, a figure keeps its shape: widened, a bar would fill its box. */
const NARROW = 0.4;

/** Below this many pixels of height a figure has no shape. */
const LOWEST = 5;

/** Ink as even as this is a block and no shape. */
const EVEN = 0.2;

/** Print of this many pixels and more (8 points at 100 dpi) shows the shape of its figures well. */
const CLEAR_SIZE = 11;

/**
 * Likenesses go up to 1. `strange`: by how much a font's figures may be more like another figure of the known faces than like themselves.
 * `alike`: figures of one font and size that are the same are this like each other as a rule; one that is not is false where it is more like another
 * figure of the known faces, too: of 195 honest pages, 17 have a figure that a seal or the grid of pixels makes unlike. Set by 29 faces: of
 * 9 and 12 points the least likeness was 0.81, of 6 and 7 points 0.69, and there one in a hundred was stranger than 0.1.
 */
const CLEAR = { strange: 0.1, alike: 0.68 };
const UNCLEAR = { strange: 0.2, alike: 0.6 };

/** By how much one figure may be more like another figure of its own font and size: of 4,000 in those faces, none was at all. */
const FOREIGN = 0.05;

/** The shapes of figures that are known to be what they are. */
export function shapesOf(figures: readonly DrawnFigure[], ink: Ink): FigureShapes {
  const shapes = new Map<string, Shape[]>();
  for (const { text, shape } of fontsOf(figures, ink).flatMap((font) => font.typical))
    shapes.set(text, [...(shapes.get(text) ?? []), shape]);
  return shapes;
}

/**
 * Whether figures are drawn that are not those which the file says they are. A font's table of characters is the file's own word; made to
 * lie, it tells a machine one amount and shows a person another. Each font's figures are compared with those of known faces, and
 * each figure with the others of its font and size, so that one that is false among many is found as well.
 */
export function areBelied(figures: readonly DrawnFigure[], ink: Ink, known: FigureShapes): boolean {
  return fontsOf(figures, ink).some(({ size, shaped, typical }) => {
    const { strange, alike } = size >= CLEAR_SIZE ? CLEAR : UNCLEAR;
    const own = new Map(typical.map(({ text, shape }) => [text, [shape]]));
    const sums = new Map(typical.map(({ text, sum }) => [text, sum]));
    return (
      typical.some(({ text, shape }) => marginOf(text, shape, known) < -strange) ||
      shaped.some(
        ({ text, shape }) =>
          marginOf(text, shape, own) < -FOREIGN || (likenessToOthers(shape, sums.get(text)) < alike && marginOf(text, shape, known) < 0),
      )
    );
  });
}

/** How like a figure is to the others that are said to be the same; 1 where there are none. */
function likenessToOthers(shape: Shape, sum: Shape | undefined): number {
  const others = shape.map((value, at) => (sum?.[at] ?? 0) - value);
  const length = Math.hypot(...others);
  return length < ROUNDING ? 1 : product(shape, others) / length;
}

const ROUNDING = 1e-3;

/** By how much a shape is more like the figure that it is said to be than like any other. */
function marginOf(text: string, shape: Shape, known: FigureShapes): number {
  let [own, other] = [-1, -1];
  for (const [figure, shapes] of known) {
    const likeness = Math.max(...shapes.map((each) => product(each, shape)));
    if (figure === text) own = likeness;
    else other = Math.max(other, likeness);
  }
  return own - other;
}

interface ShapedFigure {
  text: string;
  shape: Shape;
}

interface TypicalFigure extends ShapedFigure {
  sum: Shape;
}

/** The figures of each font and size, and of each of them what it looks like on the average. */
function fontsOf(figures: readonly DrawnFigure[], ink: Ink): { size: number; shaped: ShapedFigure[]; typical: TypicalFigure[] }[] {
  const fonts = new Map<string, { size: number; shaped: ShapedFigure[] }>();
  for (const { text, font, size, box } of figures) {
    const shape = box.bottom - box.top < LOWEST ? null : normalised(gridOf(box, ink));
    if (!shape) continue;
    const key = `${font} ${Math.round(size)}`;
    const known = fonts.get(key);
    if (known) known.shaped.push({ text, shape });
    else fonts.set(key, { size, shaped: [{ text, shape }] });
  }
  return [...fonts.values()].map(({ size, shaped }) => ({ size, shaped, typical: averagesOf(shaped) }));
}

function averagesOf(figures: readonly ShapedFigure[]): TypicalFigure[] {
  const sums = new Map<string, Shape>();
  for (const { text, shape } of figures) {
    const sum = sums.get(text) ?? new Float32Array(COLUMNS * ROWS);
    for (const [at, value] of shape.entries()) sum[at] = (sum[at] ?? 0) + value;
    sums.set(text, sum);
  }
  return [...sums].map(([text, sum]) => {
    const length = Math.hypot(...sum) || 1;
    return { text, sum, shape: sum.map((value) => value / length) };
  });
}

/** The ink in a box on a grid of a figure's proportions. */
function gridOf({ left, top, right, bottom }: Box, ink: Ink): Float32Array {
  const height = bottom - top;
  const width = Math.max(right - left, NARROW * height);
  const from = (left + right - width) / 2;
  const grid = new Float32Array(COLUMNS * ROWS);
  for (let at = 0; at < grid.length; at += 1) {
    const [column, row] = [at % COLUMNS, Math.floor(at / COLUMNS)];
    const cell = {
      left: Math.max(left, from + (column / COLUMNS) * width),
      right: Math.min(right, from + ((column + 1) / COLUMNS) * width),
      top: top + (row / ROWS) * height,
      bottom: top + ((row + 1) / ROWS) * height,
    };
    grid[at] = inkIn(cell, ink);
  }
  return grid;
}

/** The sum of the ink in a box, pixels counting by how much of them is in it. */
function inkIn({ left, top, right, bottom }: Box, { width, height, coverage }: Ink): number {
  let sum = 0;
  for (let y = Math.max(0, Math.floor(top)); y < Math.min(height, bottom); y += 1) {
    const tall = Math.min(bottom, y + 1) - Math.max(top, y);
    for (let x = Math.max(0, Math.floor(left)); x < Math.min(width, right); x += 1) {
      sum += tall * (Math.min(right, x + 1) - Math.max(left, x)) * (coverage[y * width + x] ?? 0);
    }
  }
  return sum;
}

function normalised(grid: Float32Array): Shape | null {
  const mean = grid.reduce((sum, value) => sum + value, 0) / grid.length;
  const spread = Math.sqrt(grid.reduce((sum, value) => sum + (value - mean) ** 2, 0));
  return mean > 0 && spread > EVEN * mean * Math.sqrt(grid.length) ? grid.map((value) => (value - mean) / spread) : null;
}

function product(a: Shape, b: Shape): number {
  let sum = 0;
  for (let at = 0; at < a.length; at += 1) sum += (a[at] ?? 0) * (b[at] ?? 0);
  return sum;
}
