import type { Point, Quad } from '../page';

/**
 * A rotated rectangle: centre, direction of its width (a unit vector within 45 degrees of the x axis) and its sides.
 * Sides run over pixel centres: a blob five pixels wide has width 4.
 */
export interface Rectangle {
  x: number;
  y: number;
  directionX: number;
  directionY: number;
  width: number;
  height: number;
}

/** Convex hull of x, y, x, y … by the monotone chain, without collinear points. */
export function convexHull(coordinates: readonly number[]): Point[] {
  const points: Point[] = [];
  for (let i = 0; i + 1 < coordinates.length; i += 2) points.push([coordinates[i] ?? 0, coordinates[i + 1] ?? 0]);
  points.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  if (points.length < 3) return points;
  const lower = chain(points);
  const upper = chain(points.reverse());
  return [...lower.slice(0, -1), ...upper.slice(0, -1)];
}

function chain(points: readonly Point[]): Point[] {
  const hull: Point[] = [];
  for (const point of points) {
    while (hull.length >= 2 && cross(hull.at(-2) as Point, hull.at(-1) as Point, point) <= 0) hull.pop();
    hull.push(point);
  }
  return hull;
}

function cross(a: Point, b: Point, c: Point): number {
  return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
}

/** The smallest rectangle around a hull: one of its sides lies on a side of the hull. */
export function minAreaRectangle(hull: readonly Point[]): Rectangle {
  let best: Rectangle | undefined;
  hull.forEach((point, index) => {
    const next = hull[(index + 1) % hull.length] ?? point;
    const angle = Math.atan2(next[1] - point[1], next[0] - point[0]);
    const rectangle = boundingRectangle(hull, angle);
    if (!best || rectangle.width * rectangle.height < best.width * best.height) best = rectangle;
  });
  return best ?? boundingRectangle(hull, 0);
}

/** The rectangle around a hull whose sides run along `angle` (radians) and across it. */
export function boundingRectangle(hull: readonly Point[], angle: number): Rectangle {
  const upright = angle - (Math.PI / 2) * Math.round(angle / (Math.PI / 2));
  const cos = Math.cos(upright);
  const sin = Math.sin(upright);
  let [minAlong, maxAlong, minAcross, maxAcross] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const [x, y] of hull) {
    const along = x * cos + y * sin;
    const across = y * cos - x * sin;
    minAlong = Math.min(minAlong, along);
    maxAlong = Math.max(maxAlong, along);
    minAcross = Math.min(minAcross, across);
    maxAcross = Math.max(maxAcross, across);
  }
  const along = (minAlong + maxAlong) / 2;
  const across = (minAcross + maxAcross) / 2;
  return {
    x: along * cos - across * sin,
    y: along * sin + across * cos,
    directionX: cos,
    directionY: sin,
    width: maxAlong - minAlong,
    height: maxAcross - minAcross,
  };
}

/** The four corners, clockwise from the top left. */
export function cornersOf({ x, y, directionX, directionY, width, height }: Rectangle): Quad {
  const corner = (along: number, across: number): Point => [
    x + (along * width * directionX - across * height * directionY) / 2,
    y + (along * width * directionY + across * height * directionX) / 2,
  ];
  return [corner(-1, -1), corner(1, -1), corner(1, 1), corner(-1, 1)];
}

/**
 * The rectangle grown back to the text's full size. For a rectangle the reference's polygon offset is `area * ratio / perimeter` on each
 * side, so no polygon clipper is needed.
 */
export function unclip(rectangle: Rectangle, ratio: number): Rectangle {
  const { width, height } = rectangle;
  const growth = (width * height * ratio) / (width + height || 1);
  return { ...rectangle, width: width + growth, height: height + growth };
}
