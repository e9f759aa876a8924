import { findComponents } from '../detect/components';
import { convexHull, cornersOf, minAreaRectangle, type Rectangle } from '../detect/rectangle';
import type { Point, Quad } from '../page';
import type { InkMap } from './ink-maps';

/** A rectangular frame in the cells of an ink map; `coverage` is the share of its outline that is inked. */
export interface FoundFrame {
  corners: Quad;
  coverage: number;
}

/** Ink of a seal's frame stands out by more than this, of 255; the warm tint of a photograph does not. */
const FRAME_INK = 40;

/** Sides as shares of the page's longest side, and their greatest ratio: name seals are square, stamps up to three times as wide as high. */
const MIN_SIDE = 0.03;
const MAX_SIDE = 0.25;
const MAX_RATIO = 3.2;

/** Every side must be seen, up to where print or another seal crosses it. */
const LEAST_COVERAGE = 0.8;

/** Ink within the frame: less is an empty box of a form, more is a label or a picture. */
const LEAST_INSIDE = 0.08;
const MOST_INSIDE = 0.65;

/** Frames that stand by themselves and hold something, such as name seals. The cells of a table hang together and are as large as it is. */
export function findFrames(map: InkMap): FoundFrame[] {
  const longest = Math.max(map.width, map.height);
  return findComponents(map.ink, map, FRAME_INK)
    .map(({ edges }) => minAreaRectangle(convexHull(edges)))
    .filter(({ width, height }) => {
      const [short, long] = [Math.min(width, height), Math.max(width, height)];
      return short >= MIN_SIDE * longest && long <= MAX_SIDE * longest && long <= MAX_RATIO * short;
    })
    .filter((box) => {
      const inside = inkInside(box, map);
      return inside >= LEAST_INSIDE && inside <= MOST_INSIDE;
    })
    .map((box) => ({ corners: cornersOf(box), coverage: sideCoverage(box, map) }))
    .filter(({ coverage }) => coverage >= LEAST_COVERAGE);
}

/** The share of a rectangle's least seen side that is inked, at most a cell and a half inwards. */
function sideCoverage(box: Rectangle, map: InkMap): number {
  const corners = cornersOf(box);
  const inward: Point[] = [
    [-box.directionY, box.directionX],
    [-box.directionX, -box.directionY],
    [box.directionY, -box.directionX],
    [box.directionX, box.directionY],
  ];
  return Math.min(...corners.map((corner, side) => inkAlong(corner, corners[(side + 1) % 4] as Point, inward[side] as Point, map)));
}

function inkAlong(from: Point, to: Point, inward: Point, map: InkMap): number {
  const places = Math.max(2, Math.round(Math.hypot(to[0] - from[0], to[1] - from[1])));
  let inked = 0;
  for (let place = 0; place < places; place++) {
    const share = (place + 0.5) / places;
    const [x, y] = [from[0] + share * (to[0] - from[0]), from[1] + share * (to[1] - from[1])];
    if ([0, 0.75, 1.5].some((depth) => isInked(map, x + depth * inward[0], y + depth * inward[1]))) inked++;
  }
  return inked / places;
}

/** Share of inked cells within a frame, away from its outline. */
function inkInside({ x, y, directionX, directionY, width, height }: Rectangle, map: InkMap): number {
  const steps = 24;
  let inked = 0;
  for (let i = 0; i < steps; i++) {
    for (let j = 0; j < steps; j++) {
      const along = ((i + 0.5) / steps - 0.5) * 0.75 * width;
      const across = ((j + 0.5) / steps - 0.5) * 0.75 * height;
      if (isInked(map, x + along * directionX - across * directionY, y + along * directionY + across * directionX)) inked++;
    }
  }
  return inked / steps ** 2;
}

function isInked({ ink, width, height }: InkMap, x: number, y: number): boolean {
  const [column, row] = [Math.round(x), Math.round(y)];
  return column >= 0 && row >= 0 && column < width && row < height && (ink[row * width + column] as number) > FRAME_INK;
}
