import type { Quad } from '../page';
import { median, quadAngle, quadCentre, quadHeight, quadWidth } from './quad';

/** A line belongs to a row when its centre is nearer to the row's than this share of the smaller of both heights. */
const SAME_ROW = 0.5;

interface Placed<T> {
  item: T;
  along: number;
  across: number;
  height: number;
}

/**
 * Items in reading order: rows from top to bottom, each from left to right, along the page's own skew. Distances are relative to the height of
 * the lines, so neither a tilted page nor small print chains several rows into one.
 */
export function inReadingOrder<T extends { quad: Quad }>(items: readonly T[]): T[] {
  const angle = median(items.filter(({ quad }) => quadWidth(quad) >= 2 * quadHeight(quad)).map(({ quad }) => quadAngle(quad)));
  const placed = items.map((item) => place(item, angle)).sort((a, b) => a.across - b.across);
  return rowsOf(placed).flatMap((row) => row.sort((a, b) => a.along - b.along).map(({ item }) => item));
}

function place<T extends { quad: Quad }>(item: T, angle: number): Placed<T> {
  const [x, y] = quadCentre(item.quad);
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  return { item, along: x * cos + y * sin, across: y * cos - x * sin, height: Math.min(quadHeight(item.quad), quadWidth(item.quad)) };
}

function rowsOf<T>(placed: readonly Placed<T>[]): Placed<T>[][] {
  const rows: Placed<T>[][] = [];
  for (const line of placed) {
    const row = rows.at(-1);
    if (row && belongs(line, row)) row.push(line);
    else rows.push([line]);
  }
  return rows;
}

function belongs<T>(line: Placed<T>, row: readonly Placed<T>[]): boolean {
  const centre = row.reduce((sum, { across }) => sum + across, 0) / row.length;
  const height = Math.min(line.height, median(row.map((other) => other.height)));
  return line.across - centre < SAME_ROW * height;
}
