import type { PlacedLine } from './placed-line';

/** Blank between the print of two bills, in text heights of the smaller print, from which on no line can belong to the other. */
const CLEAR_BLANK = 2;

interface Extent {
  left: number;
  top: number;
  right: number;
  bottom: number;
  height: number;
}

/** Whether each bill's print stands clear of all the others': then every value on it is its own. */
export function standApart(parts: readonly PlacedLine[][]): boolean[] {
  const extents = parts.map(extentOf);
  return extents.map((own) => extents.every((other) => other === own || isClearOf(own, other)));
}

function isClearOf(a: Extent, b: Extent): boolean {
  const blank = CLEAR_BLANK * Math.min(a.height, b.height);
  const across = Math.max(a.left, b.left) - Math.min(a.right, b.right);
  const down = Math.max(a.top, b.top) - Math.min(a.bottom, b.bottom);
  return across >= blank || down >= blank;
}

function extentOf(lines: readonly PlacedLine[]): Extent {
  const points = lines.flatMap(({ line }) => line.quad);
  const xs = points.map(([x = 0]) => x);
  const ys = points.map(([, y = 0]) => y);
  const heights = lines.map(({ height }) => height).sort((a, b) => a - b);
  return {
    left: Math.min(...xs),
    right: Math.max(...xs),
    top: Math.min(...ys),
    bottom: Math.max(...ys),
    height: heights[heights.length >> 1] ?? 0,
  };
}
