import type { Ellipse } from '../page';
import { halfExtents, onEllipse } from './ellipse';
import type { InkEdges } from './ink-edges';

/** Cosine between a ring's normal and an edge of it: 25 degrees, the noise of a 3x3 filter on a line two cells thick. */
const SAME_DIRECTION = 0.9;

/** Places around a ring, five degrees each. */
const PLACES = 72;

/** A seal cut by the page's edge is one as long as this much of it is seen. */
const LEAST_ON_PAGE = 0.5;

/** Indices of the edges nearer than `reach` to an ellipse whose ink lies on its inner side. */
export function edgesAlong(ellipse: Ellipse, edges: InkEdges, reach: number): number[] {
  const { centre, semiMajor, semiMinor, angle } = ellipse;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const slack = reach / semiMinor;
  const [innermost, outermost] = [Math.max(0, 1 - slack) ** 2, (1 + slack) ** 2];
  const [, halfHeight] = halfExtents(ellipse);
  const last = firstFrom(edges, centre[1] + halfHeight + reach + 1);
  const along: number[] = [];
  for (let i = firstFrom(edges, centre[1] - halfHeight - reach); i < last; i++) {
    const dx = (edges.x[i] as number) - centre[0];
    const dy = (edges.y[i] as number) - centre[1];
    const u = (dx * cos + dy * sin) / semiMajor;
    const v = (dy * cos - dx * sin) / semiMinor;
    const square = u * u + v * v;
    if (square < innermost || square > outermost) continue;
    const [normalU, normalV] = [u / semiMajor, v / semiMinor];
    const length = Math.sqrt(normalU * normalU + normalV * normalV);
    // First order in the gradient of the ellipse's equation, as Sampson has it.
    if (Math.abs(square - Math.sqrt(square)) > reach * length) continue;
    const inwardX = normalV * sin - normalU * cos;
    const inwardY = -normalU * sin - normalV * cos;
    if (inwardX * (edges.inwardX[i] as number) + inwardY * (edges.inwardY[i] as number) > SAME_DIRECTION * length) along.push(i);
  }
  return along;
}

/** Index of the first edge at row `y` or below: edges come row by row. */
function firstFrom(edges: InkEdges, y: number): number {
  let [low, high] = [0, edges.count];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((edges.y[middle] as number) < y) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The share of an ellipse's directions in which one of these edges lies, of those that are on the page; 0 when too little of it is. */
export function coverageOf(
  { centre, semiMajor, semiMinor, angle }: Ellipse,
  edges: InkEdges,
  along: readonly number[],
  size: { width: number; height: number },
): number {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const seen = new Uint8Array(PLACES);
  for (const i of along) {
    const [dx, dy] = [(edges.x[i] as number) - centre[0], (edges.y[i] as number) - centre[1]];
    const turn = Math.atan2((dy * cos - dx * sin) / semiMinor, (dx * cos + dy * sin) / semiMajor);
    seen[Math.floor((turn / (2 * Math.PI) + 1) * PLACES) % PLACES] = 1;
  }
  const onPage = ringPlaces().filter((turn) => {
    const [x, y] = onEllipse({ centre, semiMajor, semiMinor, angle }, turn).point;
    return x >= 1 && y >= 1 && x < size.width - 1 && y < size.height - 1;
  }).length;
  if (onPage < LEAST_ON_PAGE * PLACES) return 0;
  return Math.min(1, seen.reduce((sum, value) => sum + value, 0) / onPage);
}

/** Directions evenly around a ring, in radians. */
export function ringPlaces(): number[] {
  return Array.from({ length: PLACES }, (_, index) => ((index + 0.5) * 2 * Math.PI) / PLACES);
}
