/** Scale, rotation and shift in the order of PDF: x' = a·x + c·y + e, y' = b·x + d·y + f. */
export type Matrix = readonly [a: number, b: number, c: number, d: number, e: number, f: number];

/** An upright rectangle in pixels of the page as shown. */
export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** The visible part of a page in points, with y growing upwards, and how many quarters it is turned clockwise to be shown. */
export interface PageFrame {
  left: number;
  top: number;
  right: number;
  bottom: number;
  quarters: number;
}

export function apply([a, b, c, d, e, f]: Matrix, x: number, y: number): [number, number] {
  return [a * x + c * y + e, b * x + d * y + f];
}

/** First `inner`, then `outer`. */
export function chain(inner: Matrix, outer: Matrix): Matrix {
  const [a, b] = direction(outer, inner[0], inner[1]);
  const [c, d] = direction(outer, inner[2], inner[3]);
  const [e, f] = apply(outer, inner[4], inner[5]);
  return [a, b, c, d, e, f];
}

/** Where a direction points after a matrix, and how long it is. */
export function direction([a, b, c, d]: Matrix, x: number, y: number): [number, number] {
  return [a * x + c * y, b * x + d * y];
}

/** From the page's points to pixels of the page as shown, whose y grows downwards. */
export function toPixels({ left, top, right, bottom, quarters }: PageFrame, pixelsPerPoint: number): Matrix {
  const s = pixelsPerPoint;
  switch (quarters % 4) {
    case 1:
      return [0, s, s, 0, -bottom * s, -left * s];
    case 2:
      return [-s, 0, 0, s, right * s, -bottom * s];
    case 3:
      return [0, -s, -s, 0, top * s, right * s];
    default:
      return [s, 0, 0, -s, -left * s, top * s];
  }
}

/** The size of the page as shown, in points. */
export function shownSize({ left, top, right, bottom, quarters }: PageFrame): { width: number; height: number } {
  const [width, height] = [right - left, top - bottom];
  return quarters % 2 === 0 ? { width, height } : { width: height, height: width };
}

/** The smallest upright rectangle around a rectangle that a matrix moved. */
export function boxAround(matrix: Matrix, [x1, y1, x2, y2]: readonly [number, number, number, number]): Box {
  const corners = [apply(matrix, x1, y1), apply(matrix, x2, y1), apply(matrix, x2, y2), apply(matrix, x1, y2)];
  const [xs, ys] = [corners.map(([x]) => x), corners.map(([, y]) => y)];
  return { left: Math.min(...xs), top: Math.min(...ys), right: Math.max(...xs), bottom: Math.max(...ys) };
}
