import type { Quad } from '@app/contracts';
import { offsetAlong, type Point } from '../layout/placed-line';
import type { Layout } from '../layout/rows';

/** Where print stands, along and across the text of the page, so that a page that lies askew compares like a straight one. */
export interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** The box around a quad. */
export function boxOf(quad: Quad, { skew }: Layout): Box {
  const corners = quad.map(([x = 0, y = 0]): Point => ({ x, y }));
  const [x, y] = [mean(corners.map((corner) => corner.x)), mean(corners.map((corner) => corner.y))];
  const offsets = corners.map((corner) => offsetAlong({ x: 0, y: 0 }, corner, skew(x, y)));
  const [along, across] = [offsets.map((offset) => offset.along), offsets.map((offset) => offset.across)];
  return { left: Math.min(...along), right: Math.max(...along), top: Math.min(...across), bottom: Math.max(...across) };
}

/** By how many pixels two boxes stand in the same columns; negative for the blank between them. */
export function sharedWidth(a: Box, b: Box): number {
  return Math.min(a.right, b.right) - Math.max(a.left, b.left);
}

/** By how many pixels two boxes stand in the same rows; negative for the blank between them. */
export function sharedHeight(a: Box, b: Box): number {
  return Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
}

/** The box around boxes. */
export function around(boxes: readonly Box[]): Box {
  return {
    left: Math.min(...boxes.map(({ left }) => left)),
    right: Math.max(...boxes.map(({ right }) => right)),
    top: Math.min(...boxes.map(({ top }) => top)),
    bottom: Math.max(...boxes.map(({ bottom }) => bottom)),
  };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}
