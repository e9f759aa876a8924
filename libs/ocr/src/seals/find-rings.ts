import type { Ellipse, Point } from '../page';
import { coverageOf, edgesAlong, ringPlaces } from './edges-along';
import { onEllipse } from './ellipse';
import { fitEllipse } from './fit-ellipse';
import { inkEdges, type InkEdges } from './ink-edges';
import type { InkMap } from './ink-maps';
import { guessRings } from './ring-votes';

/** A ring in the cells of an ink map; `coverage` is the share of its directions in which its edge is seen, of those that are on the page. */
export interface FoundRing {
  ellipse: Ellipse;
  coverage: number;
}

/** How far from a guess its edges may lie, as shares of half its breadth: wide at first, at last a little more than the ring's own raggedness. */
const REACHES = [0.14, 0.08, 0.05, 0.04] as const;

/** In cells: nearer than this a cell's own width tells nothing. */
const LEAST_REACH = 1.2;

/**
 * Measured on 68 pages with 158 seals: a seal has 83 % and more, be it under print, blurred, or cut; the envelope of a ring's own letters
 * up to 78 %, print alone under 60 %.
 */
const LEAST_COVERAGE = 0.7;

/** Of a ring's length so many edges must lie roughly along a guess, or it is not looked at closely. */
const LEAST_EDGES = 0.4;

/** Longest to shortest: the flattest oval in use, at a slant. */
const MOST_SLANT = 2.1;

/** Guesses looked at closely, which bounds the time: those at a ring that was found are passed over. */
const MOST_TRIED = 24;

/** The rings on an ink map, the surest first. A disc is none. */
export function findRings(map: InkMap): FoundRing[] {
  const edges = inkEdges(map);
  const tried: Ellipse[] = [];
  const found: FoundRing[] = [];
  for (const { ellipse } of guessRings(edges, map)) {
    if (tried.some((other) => isNear(ellipse, other, 0.06)) || found.some((ring) => repeats(ellipse, ring.ellipse))) continue;
    if (tried.push(ellipse) > MOST_TRIED) break;
    const ring = closerLook(ellipse, edges, map);
    if (ring) found.push(ring);
  }
  return ownRings(found, edges, map);
}

function closerLook(guess: Ellipse, edges: InkEdges, map: InkMap): FoundRing | undefined {
  let ellipse = guess;
  for (const reach of REACHES) {
    const along = edgesAlong(ellipse, edges, reachOf(ellipse, reach));
    if (along.length < LEAST_EDGES * Math.PI * (ellipse.semiMajor + ellipse.semiMinor)) return undefined;
    const fitted = fitEllipse(
      along.map((i): Point => [edges.x[i] as number, edges.y[i] as number]),
      ellipse,
    );
    if (!fitted || fitted.semiMajor > MOST_SLANT * fitted.semiMinor || !isNear(fitted, guess, 0.3)) return undefined;
    ellipse = fitted;
  }
  const coverage = coverageOf(ellipse, edges, edgesAlong(ellipse, edges, reachOf(ellipse, 0.04)), map);
  return coverage >= LEAST_COVERAGE && isHollow(ellipse, map) ? { ellipse, coverage } : undefined;
}

function reachOf({ semiMinor }: Ellipse, share: number): number {
  return Math.max(LEAST_REACH, share * semiMinor);
}

/** Whether there is less ink inside the ring than on it: a dot, a button or a filled emblem has as much. */
function isHollow(ellipse: Ellipse, map: InkMap): boolean {
  const ring = meanInk(ellipse, map, [0.99, 0.97, 0.95]);
  const inside = meanInk(ellipse, map, [0.9, 0.85, 0.8, 0.75, 0.7, 0.6]);
  return inside < 0.6 * ring;
}

function meanInk(ellipse: Ellipse, { width, height, ink }: InkMap, shares: readonly number[]): number {
  let [sum, count] = [0, 0];
  for (const share of shares) {
    const inner = { ...ellipse, semiMajor: ellipse.semiMajor * share, semiMinor: ellipse.semiMinor * share };
    for (const turn of ringPlaces()) {
      const [x, y] = onEllipse(inner, turn).point.map(Math.round) as Point;
      if (x < 0 || y < 0 || x >= width || y >= height) continue;
      sum += ink[y * width + x] as number;
      count++;
    }
  }
  return sum / Math.max(1, count);
}

/** Rings with edges of their own: one within another is its inner line or its letters, one around two others is made of theirs. */
function ownRings(rings: readonly FoundRing[], edges: InkEdges, map: InkMap): FoundRing[] {
  const kept: FoundRing[] = [];
  const taken = new Set<number>();
  const worth = ({ ellipse, coverage }: FoundRing) => coverage * (1 + ellipse.semiMinor / map.width);
  for (const ring of [...rings].sort((a, b) => worth(b) - worth(a))) {
    if (kept.some((other) => belongsTo(ring.ellipse, other.ellipse))) continue;
    const along = edgesAlong(ring.ellipse, edges, reachOf(ring.ellipse, 0.04));
    const own = along.filter((i) => !taken.has(i));
    if (coverageOf(ring.ellipse, edges, own, map) < LEAST_COVERAGE) continue;
    kept.push(ring);
    for (const i of along) taken.add(i);
  }
  return kept;
}

/** Whether a guess would lead to a ring again that is found; one a little larger may lead to its outer line. */
function repeats(guess: Ellipse, found: Ellipse): boolean {
  return belongsTo(guess, found) || (isNear(guess, found, 0.35) && guess.semiMinor <= 1.05 * found.semiMinor);
}

/** Whether an ellipse is another one, or lies within it. */
function belongsTo(ellipse: Ellipse, other: Ellipse): boolean {
  const apart = Math.hypot(ellipse.centre[0] - other.centre[0], ellipse.centre[1] - other.centre[1]);
  return isNear(ellipse, other, 0.15) || apart + ellipse.semiMinor < 1.03 * other.semiMinor;
}

/** Whether centres and sizes differ by less than a share of half the breadth. */
function isNear(a: Ellipse, b: Ellipse, share: number): boolean {
  const reach = share * b.semiMinor;
  const apart = Math.hypot(a.centre[0] - b.centre[0], a.centre[1] - b.centre[1]);
  return apart < reach && Math.abs(a.semiMinor - b.semiMinor) < reach && Math.abs(a.semiMajor - b.semiMajor) < 2 * reach;
}
