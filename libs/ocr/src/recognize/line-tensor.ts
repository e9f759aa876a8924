import { quadHeight, quadWidth } from '../layout/quad';
import { Scratch } from '../onnx/scratch';
import type { PageImage, Point, Quad } from '../page';

/** Height of the recogniser's input. */
export const LINE_HEIGHT = 48;

/** A recogniser step covers this many columns; widths are padded up to it and no further. */
export const STEP_WIDTH = 8;

/** Wider lines are squashed, as in the reference. */
const MAX_WIDTH = 3200;

/** A line as the recogniser sees it: planar BGR, -1 to 1, zero (mid grey) to the right of the text. */
export interface LineTensor {
  data: Float32Array;
  /** Columns with text: the line's width scaled to the input's height. */
  textWidth: number;
  /** Columns in all. */
  width: number;
}

/** The width of a line once its height is `LINE_HEIGHT`: what the recogniser's time grows with. */
export function naturalWidth(quad: Quad): number {
  const width = Math.ceil((LINE_HEIGHT * quadWidth(quad)) / Math.max(1, quadHeight(quad)));
  return Math.max(STEP_WIDTH, width);
}

/**
 * Reads a line from the full-resolution page straight into the recogniser's tensor: one bilinear resampling does rotation and scale.
 * Padding to a common width would cost 60 % more time and make a line's reading depend on its neighbours; white padding ruins it.
 * `fixedWidth` is for models that know one width only; the tensor lives until `scratch` is asked again.
 */
export function lineTensor(page: PageImage, quad: Quad, fixedWidth?: number, scratch = new Scratch()): LineTensor {
  const textWidth = Math.min(naturalWidth(quad), fixedWidth ?? MAX_WIDTH);
  const width = fixedWidth ?? Math.ceil(textWidth / STEP_WIDTH) * STEP_WIDTH;
  const data = scratch.take(3 * LINE_HEIGHT * width);
  if (textWidth < width) data.fill(0);
  const [origin, right, , below] = quad;
  const along = step(origin, right, textWidth, quadWidth(quad));
  const down = step(origin, below, LINE_HEIGHT, quadHeight(quad));
  for (let y = 0; y < LINE_HEIGHT; y++) {
    // Pixel centres as in cv2.resize: output i samples the crop at (i + 0.5) * scale - 0.5.
    const startX = origin[0] + along.offset[0] + down.offset[0] + y * down.delta[0];
    const startY = origin[1] + along.offset[1] + down.offset[1] + y * down.delta[1];
    sampleRow(page, startX, startY, along.delta, textWidth, data, y * width, LINE_HEIGHT * width);
  }
  return { data, textWidth, width };
}

/** The page vector of one output pixel along an edge, and that of the first pixel's centre. */
function step(from: Point, to: Point, count: number, length: number): { delta: Point; offset: Point } {
  const delta: Point = [(to[0] - from[0]) / count, (to[1] - from[1]) / count];
  const pixel = length > 0 ? 0.5 / length : 0;
  const offset: Point = [0.5 * delta[0] - pixel * (to[0] - from[0]), 0.5 * delta[1] - pixel * (to[1] - from[1])];
  return { delta, offset };
}

/** Samples `count` pixels from (x, y) on; the page's edge is repeated beyond it. */
function sampleRow(
  page: PageImage,
  x0: number,
  y0: number,
  delta: Point,
  count: number,
  out: Float32Array,
  at: number,
  plane: number,
): void {
  const { rgb, width, height } = page;
  const [dx, dy] = delta;
  const [maxX, maxY] = [width - 1, height - 1];
  const [lastLeft, lastTop] = [Math.max(0, width - 2), Math.max(0, height - 2)];
  const right = width > 1 ? 3 : 0;
  const below = height > 1 ? width * 3 : 0;
  for (let i = 0; i < count; i++) {
    const x = clamp(x0 + i * dx, maxX);
    const y = clamp(y0 + i * dy, maxY);
    // Coordinates are not negative here, so that truncation is their floor.
    const left = Math.min(x | 0, lastLeft);
    const top = Math.min(y | 0, lastTop);
    const p = (top * width + left) * 3;
    const q = p + below;
    const fx = x - left;
    const fy = (y - top) / 127.5;
    const upper = 1 / 127.5 - fy;
    const a = upper * (1 - fx);
    const b = upper * fx;
    const c = fy * (1 - fx);
    const d = fy * fx;
    const target = at + i;
    out[target + 2 * plane] = a * byte(rgb, p) + b * byte(rgb, p + right) + c * byte(rgb, q) + d * byte(rgb, q + right) - 1;
    out[target + plane] = a * byte(rgb, p + 1) + b * byte(rgb, p + 1 + right) + c * byte(rgb, q + 1) + d * byte(rgb, q + 1 + right) - 1;
    out[target] = a * byte(rgb, p + 2) + b * byte(rgb, p + 2 + right) + c * byte(rgb, q + 2) + d * byte(rgb, q + 2 + right) - 1;
  }
}

function byte(rgb: Uint8Array, at: number): number {
  return rgb[at] as number;
}

function clamp(value: number, max: number): number {
  return value < 0 ? 0 : value > max ? max : value;
}
