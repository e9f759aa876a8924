import type { PlacedLine } from './placed-line';

/** Lines shorter than this many heights have angles too noisy to learn from. */
const LONG_ENOUGH = 4;

/** A line leaning further than this from its neighbourhood is a seal's text or handwriting: 12 degrees. */
const SLANTED = (12 * Math.PI) / 180;

/** The angle that text has at a place of the page: on a photo it changes from edge to edge. */
export type SkewField = (x: number, y: number) => number;

/** Fits angle = a + b·x + c·y to the long lines by least squares, weighted by length; few lines give their median angle. */
export function fitSkew(lines: PlacedLine[]): SkewField {
  const long = lines.filter((line) => line.width >= LONG_ENOUGH * line.height);
  const middle = median(long.map((line) => line.angle));
  const steady = long.filter((line) => Math.abs(line.angle - middle) < SLANTED);
  if (steady.length < 8) return () => middle;
  const plane = fitPlane(steady);
  return plane === null ? () => middle : (x, y) => plane.a + plane.b * x + plane.c * y;
}

/** Whether a line stands across the text around it, as the letters inside a seal do. */
export function isSlanted(line: PlacedLine, skew: SkewField): boolean {
  if (Array.from(line.line.text).length < 2) return false;
  const bent = Math.abs(line.angle - skew(line.centre.x, line.centre.y));
  return bent > SLANTED && line.width > 1.5 * line.height;
}

function fitPlane(lines: PlacedLine[]): { a: number; b: number; c: number } | null {
  const total = lines.reduce((sum, line) => sum + line.width, 0);
  const mean = (pick: (line: PlacedLine) => number) => lines.reduce((sum, line) => sum + pick(line) * line.width, 0) / total;
  const [x0, y0, a0] = [mean((l) => l.centre.x), mean((l) => l.centre.y), mean((l) => l.angle)];
  const sxx = mean((l) => (l.centre.x - x0) ** 2);
  const syy = mean((l) => (l.centre.y - y0) ** 2);
  const sxy = mean((l) => (l.centre.x - x0) * (l.centre.y - y0));
  const sxa = mean((l) => (l.centre.x - x0) * (l.angle - a0));
  const sya = mean((l) => (l.centre.y - y0) * (l.angle - a0));
  const determinant = sxx * syy - sxy * sxy;
  if (determinant < 1e-3 * sxx * syy || determinant === 0) return null;
  const b = (sxa * syy - sya * sxy) / determinant;
  const c = (sya * sxx - sxa * sxy) / determinant;
  return { a: a0 - b * x0 - c * y0, b, c };
}

/** The middle value; 0 for none. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
