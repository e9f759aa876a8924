import { ByteScratch } from '../onnx/scratch';
import type { PageImage } from '../page';
import { findComponents } from './components';
import type { Size } from './detector-size';

/** Rows of a page, from `top` to just above `bottom`. */
export interface Band {
  top: number;
  bottom: number;
}

/** The page is looked at through a grid of about this many columns or rows: a seal needs no more. */
const GRID = 640;

/** Red of a seal's ring stands out from green and blue by more than this, of 255; the warm tint of a photograph does not. */
const RING_EXCESS = 40;

/** Red pixels whose red value is kept in all channels stand out by this much: the mask that was measured on real bills. */
const RED_EXCESS = 18;

/** A seal's sides as shares of the page's longest side, and their greatest ratio: printed red lines and labels are flatter. */
const MIN_SIDE = 0.04;
const MAX_SIDE = 0.35;
const MAX_RATIO = 2.5;

/** Room above and below a seal, as a share of its height, so that a line under its rim is seen whole. */
const MARGIN = 0.15;

/** Bands of rows that hold a red seal; the detector finds little of what is printed under one. */
export function sealBands(page: PageImage): Band[] {
  const step = Math.max(1, Math.floor(Math.max(page.width, page.height) / GRID));
  const size = { width: Math.floor(page.width / step), height: Math.floor(page.height / step) };
  const longest = Math.max(size.width, size.height);
  const bands = findComponents(withoutThinLines(redGrid(page, step, size), size), size, 0.5)
    .map(({ edges }) => boundsOf(edges))
    .filter(({ width, height }) => {
      const [short, long] = [Math.min(width, height), Math.max(width, height)];
      return short >= MIN_SIDE * longest && long <= MAX_SIDE * longest && long <= MAX_RATIO * short;
    })
    .map(({ top, height }) => ({
      top: Math.max(0, Math.floor((top - MARGIN * height) * step)),
      bottom: Math.min(page.height, Math.ceil((top + height * (1 + MARGIN)) * step)),
    }));
  return joinBands(bands);
}

function redGrid({ rgb, width }: PageImage, step: number, size: Size): Float32Array {
  const grid = new Float32Array(size.width * size.height);
  for (let y = 0; y < size.height; y++) {
    for (let x = 0; x < size.width; x++) {
      const at = (y * step * width + x * step) * 3;
      const red = rgb[at] ?? 0;
      if (red - Math.max(rgb[at + 1] ?? 0, rgb[at + 2] ?? 0) > RING_EXCESS) grid[y * size.width + x] = 1;
    }
  }
  return grid;
}

/** Only what is two cells thick stays: the red rules of a table run through the seal and would join it to the whole form. */
function withoutThinLines(grid: Float32Array, { width, height }: Size): Float32Array {
  const thick = new Float32Array(grid.length);
  for (let y = 0; y + 1 < height; y++) {
    for (let at = y * width; at + 1 < (y + 1) * width; at++) {
      if (grid[at] && grid[at + 1] && grid[at + width] && grid[at + width + 1]) thick[at] = 1;
    }
  }
  return thick;
}

function boundsOf(edges: readonly number[]): { top: number; width: number; height: number } {
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
  for (let i = 0; i < edges.length; i += 2) {
    left = Math.min(left, edges[i] ?? left);
    right = Math.max(right, edges[i] ?? right);
    top = Math.min(top, edges[i + 1] ?? top);
    bottom = Math.max(bottom, edges[i + 1] ?? bottom);
  }
  return { top, width: right - left + 1, height: bottom - top + 1 };
}

function joinBands(bands: Band[]): Band[] {
  const joined: Band[] = [];
  for (const band of bands.sort((a, b) => a.top - b.top)) {
    const last = joined.at(-1);
    if (last && band.top <= last.bottom) last.bottom = Math.max(last.bottom, band.bottom);
    else joined.push({ ...band });
  }
  return joined;
}

/**
 * A copy of a band in which red pixels have their red value in every channel: the seal fades, black print under it stays.
 * It lives until `scratch` is asked again.
 */
export function fadedBand({ rgb, width }: PageImage, { top, bottom }: Band, scratch = new ByteScratch()): PageImage {
  const copy = scratch.copyOf(rgb.subarray(top * width * 3, bottom * width * 3));
  for (let i = 0; i + 2 < copy.length; i += 3) {
    const red = copy[i] as number;
    const green = copy[i + 1] as number;
    const blue = copy[i + 2] as number;
    if (red - green <= RED_EXCESS || red - blue <= RED_EXCESS) continue;
    copy[i + 1] = red;
    copy[i + 2] = red;
  }
  return { width, height: bottom - top, rgb: copy };
}
