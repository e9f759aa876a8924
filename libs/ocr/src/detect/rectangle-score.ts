import type { Point } from '../page';
import type { Size } from './detector-size';
import { cornersOf, type Rectangle } from './rectangle';

/** Mean probability inside a rectangle, its border included: the reference's "fast" score. */
export function rectangleScore(map: Float32Array, { width, height }: Size, rectangle: Rectangle): number {
  const corners = cornersOf(rectangle).map(([x, y]): Point => [Math.trunc(x), Math.trunc(y)]);
  const ys = corners.map(([, y]) => y);
  const top = Math.max(0, Math.min(...ys));
  const bottom = Math.min(height - 1, Math.max(...ys));
  let sum = 0;
  let count = 0;
  for (let y = top; y <= bottom; y++) {
    const [left, right] = spanAt(corners, y);
    const end = Math.min(width - 1, Math.round(right));
    for (let x = Math.max(0, Math.round(left)); x <= end; x++, count++) sum += map[y * width + x] ?? 0;
  }
  return count === 0 ? 0 : sum / count;
}

/** Where the horizontal line at `y` enters and leaves a convex polygon. */
function spanAt(corners: readonly Point[], y: number): [left: number, right: number] {
  let left = Infinity;
  let right = -Infinity;
  corners.forEach(([x1, y1], index) => {
    const [x2, y2] = corners[(index + 1) % corners.length] as Point;
    if (y < Math.min(y1, y2) || y > Math.max(y1, y2)) return;
    const crossings = y1 === y2 ? [x1, x2] : [x1 + ((y - y1) * (x2 - x1)) / (y2 - y1)];
    left = Math.min(left, ...crossings);
    right = Math.max(right, ...crossings);
  });
  return [left, right];
}
