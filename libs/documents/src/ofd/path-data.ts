import type { Point } from './geometry';
import { readNumber } from './read-numbers';

/** A stroke of the pen without lifting it, its curves made of straight pieces. */
export interface Subpath {
  points: Point[];
  /** False where all its pieces were straight. */
  isCurved: boolean;
  isClosed: boolean;
}

/** Straight pieces a curve becomes; enough to know what it covers. */
const PIECES = 8;

/** Numbers each command takes. */
const ARITY: ReadonlyMap<string, number> = new Map([
  ['S', 2],
  ['M', 2],
  ['L', 2],
  ['Q', 4],
  ['B', 6],
  ['A', 7],
  ['C', 0],
]);

/** Reads AbbreviatedData up to its first mistake, as a drawing program would, and no more than `mostPoints` points of it. */
export function readPathData(data: string, mostPoints: number): Subpath[] {
  const pen = new Pen();
  const tokens = data.split(/[\s,]+/u).filter((token) => token !== '');
  for (let at = 0; at < tokens.length && pen.points <= mostPoints;) {
    const command = tokens[at] ?? '';
    const arity = ARITY.get(command);
    if (arity === undefined) break;
    const numbers = tokens.slice(at + 1, at + 1 + arity).map(readNumber);
    if (numbers.length < arity || numbers.includes(null)) break;
    pen.draw(command, numbers as number[]);
    at += 1 + arity;
  }
  return pen.subpaths.filter(({ points }) => points.length > 1);
}

class Pen {
  readonly subpaths: Subpath[] = [];
  points = 0;

  draw(command: string, numbers: readonly number[]): void {
    const end: Point = [numbers.at(-2) ?? 0, numbers.at(-1) ?? 0];
    if (command === 'S' || command === 'M') this.begin(end);
    else if (command === 'C') this.close();
    else if (command === 'L') this.to(end);
    else if (command === 'A') this.arc(numbers, end);
    else this.curve(numbers);
  }

  private get current(): Subpath {
    const last = this.subpaths.at(-1);
    if (last && !last.isClosed) return last;
    return this.begin(last?.points[0] ?? [0, 0]);
  }

  private begin(point: Point): Subpath {
    const subpath = { points: [point], isCurved: false, isClosed: false };
    this.subpaths.push(subpath);
    this.points += 1;
    return subpath;
  }

  private close(): void {
    const last = this.subpaths.at(-1);
    if (last) last.isClosed = true;
  }

  private to(point: Point): void {
    this.current.points.push(point);
    this.points += 1;
  }

  /** A Bézier curve of two or three degrees, by its control points. */
  private curve(numbers: readonly number[]): void {
    const { current } = this;
    current.isCurved = true;
    const controls: Point[] = [current.points.at(-1) ?? [0, 0]];
    for (let i = 0; i < numbers.length; i += 2) controls.push([numbers[i] ?? 0, numbers[i + 1] ?? 0]);
    for (let piece = 1; piece <= PIECES; piece += 1) this.to(pointOnCurve(controls, piece / PIECES));
  }

  /** An elliptic arc: radii, the ellipse's turn in degrees, whether it takes the long way, whether it runs clockwise, its end. */
  private arc([rx = 0, ry = 0, degrees = 0, isLong = 0, isClockwise = 0]: readonly number[], end: Point): void {
    const { current } = this;
    current.isCurved = true;
    const start = current.points.at(-1) ?? end;
    for (const point of pointsOnArc({ start, end, rx, ry, degrees, isLong: isLong !== 0, isClockwise: isClockwise !== 0 })) this.to(point);
  }
}

/** De Casteljau's construction. */
function pointOnCurve(controls: readonly Point[], share: number): Point {
  let points = controls;
  while (points.length > 1) {
    points = points.slice(1).map(([x, y], i): Point => {
      const [fromX, fromY] = points[i] ?? [x, y];
      return [fromX + share * (x - fromX), fromY + share * (y - fromY)];
    });
  }
  return points[0] ?? [0, 0];
}

interface Arc {
  start: Point;
  end: Point;
  rx: number;
  ry: number;
  degrees: number;
  isLong: boolean;
  isClockwise: boolean;
}

/** As SVG computes it: in the frame where the ellipse is the unit circle, its centre is on the bisector of the chord. */
function pointsOnArc({ start, end, rx, ry, degrees, isLong, isClockwise }: Arc): Point[] {
  if (rx === 0 || ry === 0) return [end];
  const turn = (degrees * Math.PI) / 180;
  const toCircle = ([x, y]: Point): Point => [
    (x * Math.cos(turn) + y * Math.sin(turn)) / Math.abs(rx),
    (y * Math.cos(turn) - x * Math.sin(turn)) / Math.abs(ry),
  ];
  const [ax, ay] = toCircle(start);
  const [bx, by] = toCircle(end);
  const chord = Math.hypot(bx - ax, by - ay);
  if (chord === 0) return [end];
  // Radii that are too small for the chord are enlarged until they fit.
  const radius = Math.max(1, chord / 2);
  const rise = Math.sqrt(Math.max(0, radius * radius - (chord * chord) / 4)) * (isLong === isClockwise ? -1 : 1);
  const centre: Point = [(ax + bx) / 2 + (rise * (ay - by)) / chord, (ay + by) / 2 + (rise * (bx - ax)) / chord];
  const from = Math.atan2(ay - centre[1], ax - centre[0]);
  const sweep = sweepBetween(from, Math.atan2(by - centre[1], bx - centre[0]), isClockwise);
  return Array.from({ length: 2 * PIECES }, (_, i) => {
    const angle = from + (sweep * (i + 1)) / (2 * PIECES);
    const x = (centre[0] + radius * Math.cos(angle)) * Math.abs(rx);
    const y = (centre[1] + radius * Math.sin(angle)) * Math.abs(ry);
    return [x * Math.cos(turn) - y * Math.sin(turn), x * Math.sin(turn) + y * Math.cos(turn)];
  });
}

/** From one direction to another, clockwise or not; down the page is positive, so clockwise angles grow. */
function sweepBetween(from: number, to: number, isClockwise: boolean): number {
  const sweep = (to - from) % (2 * Math.PI);
  if (isClockwise) return sweep < 0 ? sweep + 2 * Math.PI : sweep;
  return sweep > 0 ? sweep - 2 * Math.PI : sweep;
}
