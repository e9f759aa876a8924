import type { Point, Quad } from '../page';

/** Length of a quad's first edge: the line's length in pixels. */
export function quadWidth([topLeft, topRight]: Quad): number {
  return distance(topLeft, topRight);
}

/** Length of a quad's second edge: the line's height in pixels. */
export function quadHeight([, topRight, bottomRight]: Quad): number {
  return distance(topRight, bottomRight);
}

/** Middle of a quad. */
export function quadCentre([topLeft, , bottomRight]: Quad): Point {
  return [(topLeft[0] + bottomRight[0]) / 2, (topLeft[1] + bottomRight[1]) / 2];
}

/** Direction of a quad's first edge, in radians. */
export function quadAngle([topLeft, topRight]: Quad): number {
  return Math.atan2(topRight[1] - topLeft[1], topRight[0] - topLeft[0]);
}

/** The same quad for text that runs downwards: the crop is turned a quarter counter-clockwise, as in training. */
export function turnCounterClockwise([topLeft, topRight, bottomRight, bottomLeft]: Quad): Quad {
  return [topRight, bottomRight, bottomLeft, topLeft];
}

/** The same quad for text that stands on its head. */
export function turnHalf([topLeft, topRight, bottomRight, bottomLeft]: Quad): Quad {
  return [bottomRight, bottomLeft, topLeft, topRight];
}

/** The place of a quad once the page itself is turned by 180 degrees. */
export function onTurnedPage(quad: Quad, page: { width: number; height: number }): Quad {
  return turnHalf(quad).map(([x, y]) => [page.width - 1 - x, page.height - 1 - y]) as Quad;
}

/** The quad of a part of a page, as a quad of the page: the part begins at row `top`. */
export function shiftDown(quad: Quad, top: number): Quad {
  return quad.map(([x, y]) => [x, y + top]) as Quad;
}

/** Whether any of a quad lies in the rows from `top` to just above `bottom`. */
export function isBetween(quad: Quad, top: number, bottom: number): boolean {
  const ys = quad.map(([, y]) => y);
  return Math.max(...ys) >= top && Math.min(...ys) < bottom;
}

/** The quad with every corner inside the page. */
export function clipQuad(quad: Quad, page: { width: number; height: number }): Quad {
  const clip = (value: number, size: number) => Math.min(size - 1, Math.max(0, value));
  return quad.map(([x, y]) => [clip(x, page.width), clip(y, page.height)]) as Quad;
}

/** The middle value; 0 for none. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? 0;
}

function distance(a: Point, b: Point): number {
  return Math.hypot(a[0] - b[0], a[1] - b[1]);
}
