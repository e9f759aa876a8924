import type { Point, Quad } from '../page';
import { quadCentre, quadWidth } from './quad';

/**
 * One list of boxes from two looks at the same place. Where boxes cover each other the longer one stays: under a seal the first look
 * sees pieces of a line, or nothing.
 */
export function joinLooks(first: readonly Quad[], second: readonly Quad[]): Quad[] {
  const rivalled = (quad: Quad, others: readonly Quad[], wins: (other: Quad) => boolean) =>
    others.some((other) => wins(other) && (contains(other, quadCentre(quad)) || contains(quad, quadCentre(other))));
  return [
    ...first.filter((quad) => !rivalled(quad, second, (other) => quadWidth(other) > quadWidth(quad))),
    ...second.filter((quad) => !rivalled(quad, first, (other) => quadWidth(other) >= quadWidth(quad))),
  ];
}

/** Whether a point lies within a quad, whose opposite edges are parallel. */
function contains([origin, right, , below]: Quad, point: Point): boolean {
  return isShare(along(origin, right, point)) && isShare(along(origin, below, point));
}

function along(from: Point, to: Point, point: Point): number {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  return ((point[0] - from[0]) * dx + (point[1] - from[1]) * dy) / (dx * dx + dy * dy || 1);
}

function isShare(value: number): boolean {
  return value >= 0 && value <= 1;
}
