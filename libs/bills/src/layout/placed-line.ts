import type { Quad } from '@app/contracts';
import type { EvidenceLine } from '../evidence';

/** A point in pixels of the upright page. */
export interface Point {
  x: number;
  y: number;
}

/** A line of text with the geometry that rows and columns are made from; `angle` is in radians, clockwise from the page's horizontal. */
export interface PlacedLine {
  line: EvidenceLine;
  left: Point;
  right: Point;
  centre: Point;
  angle: number;
  width: number;
  height: number;
}

/** Turns a quad into the middle points of its left and right edges, its size and its angle. */
export function placeLine(line: EvidenceLine): PlacedLine {
  const [topLeft, topRight, bottomRight, bottomLeft] = [
    corner(line.quad, 0),
    corner(line.quad, 1),
    corner(line.quad, 2),
    corner(line.quad, 3),
  ];
  const left = middle(topLeft, bottomLeft);
  const right = middle(topRight, bottomRight);
  return {
    line,
    left,
    right,
    centre: middle(left, right),
    angle: Math.atan2(right.y - left.y, right.x - left.x),
    width: distance(left, right),
    height: (distance(topLeft, bottomLeft) + distance(topRight, bottomRight)) / 2,
  };
}

/** The part of a line's quad between two positions, in pixels from the line's left edge. */
export function quadPart(placed: PlacedLine, from: number, to: number): Quad {
  const { quad } = placed.line;
  const width = Math.max(placed.width, 1);
  const at = (position: number) => Math.min(1, Math.max(0, position / width));
  const [a, b] = [at(from), at(to)];
  return [
    between(corner(quad, 0), corner(quad, 1), a),
    between(corner(quad, 0), corner(quad, 1), b),
    between(corner(quad, 3), corner(quad, 2), b),
    between(corner(quad, 3), corner(quad, 2), a),
  ];
}

/** Offsets of a point from an origin, along and across a direction given as an angle. */
export function offsetAlong(origin: Point, point: Point, angle: number): { along: number; across: number } {
  const [dx, dy] = [point.x - origin.x, point.y - origin.y];
  return { along: dx * Math.cos(angle) + dy * Math.sin(angle), across: dy * Math.cos(angle) - dx * Math.sin(angle) };
}

function corner(quad: Quad, index: number): Point {
  const [x = 0, y = 0] = quad[index] ?? [];
  return { x, y };
}

function middle(a: Point, b: Point): Point {
  return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
}

function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}

function between(a: Point, b: Point, share: number): [number, number] {
  return [Math.round(a.x + (b.x - a.x) * share), Math.round(a.y + (b.y - a.y) * share)];
}
