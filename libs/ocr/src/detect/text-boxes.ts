import type { Quad } from '../page';
import { findComponents } from './components';
import type { Size } from './detector-size';
import { boundingRectangle, convexHull, cornersOf, minAreaRectangle, unclip, type Rectangle } from './rectangle';
import { rectangleScore } from './rectangle-score';

/** How a probability map becomes boxes. */
export interface BoxRules {
  /** A pixel belongs to text above this probability. */
  threshold: number;
  /** A box stays when its mean probability reaches this. */
  boxThreshold: number;
  /** How far a box is grown: the detector is trained on shrunken text. */
  unclipRatio: number;
}

/** Short sides, in map pixels, below which a box is noise: before and after growing (the reference's values). */
const MIN_SIDE = 3;
const MIN_GROWN_SIDE = 5;

/** A noisy page has thousands of specks; the reference keeps the lowest ones and loses the title, so the largest are kept here. */
const MAX_CANDIDATES = 3000;

/** Below this ratio of its sides a blob says nothing of the direction of its text. */
const ELONGATED = 2;

/** Text boxes of a probability map, as rectangles in map pixels. */
export function textBoxes(map: Float32Array, size: Size, rules: BoxRules): Rectangle[] {
  const components = findComponents(map, size, rules.threshold)
    .sort((a, b) => b.area - a.area)
    .slice(0, MAX_CANDIDATES);
  const blobs = components
    .map((component) => convexHull(component.edges))
    .map((hull) => ({ hull, box: minAreaRectangle(hull) }))
    .filter(({ box }) => shortSide(box) >= MIN_SIDE && rectangleScore(map, size, box) >= rules.boxThreshold);
  // A single character can fit tightest at any angle; its text runs as the page's long lines do.
  const skew = skewOf(blobs.map(({ box }) => box));
  return blobs
    .map(({ hull, box }) => (isElongated(box) ? box : boundingRectangle(hull, skew)))
    .map((box) => unclip(box, rules.unclipRatio))
    .filter((box) => shortSide(box) >= MIN_GROWN_SIDE);
}

/** The direction of most text, in radians within 45 degrees of the horizontal: the median over the boxes, each weighted by its length. */
export function skewOf(boxes: readonly Rectangle[]): number {
  const long = boxes
    .filter(isElongated)
    .map((box) => ({ angle: Math.atan2(box.directionY, box.directionX), weight: Math.max(box.width, box.height) }))
    .sort((a, b) => a.angle - b.angle);
  const half = long.reduce((sum, { weight }) => sum + weight, 0) / 2;
  let passed = 0;
  return long.find(({ weight }) => (passed += weight) >= half)?.angle ?? 0;
}

function isElongated(box: Rectangle): boolean {
  return Math.max(box.width, box.height) >= ELONGATED * shortSide(box);
}

function shortSide(box: Rectangle): number {
  return Math.min(box.width, box.height);
}

/** A box of the map as a quad of the page; pixel centres map to pixel centres. */
export function toPage(box: Rectangle, map: Size, page: Size): Quad {
  const scaleX = page.width / map.width;
  const scaleY = page.height / map.height;
  return cornersOf(box).map(([x, y]) => [(x + 0.5) * scaleX - 0.5, (y + 0.5) * scaleY - 0.5]) as Quad;
}
