import type { XmlElement } from '../xml/read-xml';
import { childText } from '../xml/find-elements';
import { apply, boundsOf, type Matrix, type Point } from './geometry';
import type { DrawnShape } from './drawn';
import type { Ink } from './ink';
import { readPathData, type Subpath } from './path-data';

/** How a PathObject is drawn; null where it is not filled, or has no line. */
export interface PathStyle {
  fill: Ink | null;
  stroke: Ink | null;
  /** In the object's own units. */
  lineWidth: number;
}

/** Thinner lines are drawn at least one pixel wide by every viewer. */
const THINNEST_PX = 0.5;

/** What a PathObject covers, placed through `matrix`, which leads from the object's space to pixels. */
export function placePath(object: XmlElement, style: PathStyle, matrix: Matrix, mostPoints: number): DrawnShape[] {
  const subpaths = readPathData(childText(object, 'AbbreviatedData'), mostPoints);
  const placed = subpaths.map((subpath): Subpath => ({ ...subpath, points: subpath.points.map((point) => apply(matrix, point)) }));
  const shapes: DrawnShape[] = [];
  if (style.fill) {
    const polygons = placed.map(({ points }) => points).filter((points) => points.length > 2);
    shapes.push(...shapeOf(polygons, object.attributes.get('Rule') === 'Even-Odd', style.fill));
  }
  if (style.stroke) {
    const halfPx = Math.max(THINNEST_PX, (style.lineWidth * Math.sqrt(Math.abs(matrix[0] * matrix[3] - matrix[1] * matrix[2]))) / 2);
    shapes.push(
      ...shapeOf(
        placed.flatMap((subpath) => linesOf(subpath, halfPx)),
        false,
        style.stroke,
      ),
    );
  }
  return shapes;
}

function shapeOf(polygons: Point[][], isEvenOdd: boolean, ink: Ink): DrawnShape[] {
  return polygons.length === 0 ? [] : [{ kind: 'shape', polygons, isEvenOdd, ink, bounds: boundsOf(polygons.flat()) }];
}

/** A rectangle for each straight piece; where they meet they overlap, which does no harm to what they cover. */
function linesOf({ points, isClosed }: Subpath, half: number): Point[][] {
  const ends = isClosed ? [...points.slice(1), points[0] ?? [0, 0]] : points.slice(1);
  return ends.map(([bx, by], i) => {
    const [ax, ay] = points[i] ?? [bx, by];
    const length = Math.hypot(bx - ax, by - ay);
    const [alongX, alongY] = length === 0 ? [half, 0] : [(half * (bx - ax)) / length, (half * (by - ay)) / length];
    const fromX = ax - alongX;
    const fromY = ay - alongY;
    const toX = bx + alongX;
    const toY = by + alongY;
    return [
      [fromX - alongY, fromY + alongX],
      [toX - alongY, toY + alongX],
      [toX + alongY, toY - alongX],
      [fromX + alongY, fromY - alongX],
    ];
  });
}
