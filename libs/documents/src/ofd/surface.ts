import { DocumentError } from '../document.error';
import type { Drawn, DrawnImage, DrawnShape } from './drawn';
import { apply, type Bounds, contains, inverse, type Point } from './geometry';
import type { Ink } from './ink';
import type { Thumbnail } from './image-source';
import { MAX_SAMPLES } from './ofd-limits';

/** A picture or a shape in its place among all that is drawn. */
interface Layer {
  order: number;
  bounds: Bounds;
  /** What asking it takes, as against asking a picture. */
  cost: number;
  inkAt(point: Point): Ink | null;
}

/** Pixels of a cell's side: a character is some 25 high. */
const CELL = 32;

/** A layer in more cells than this is kept apart, since it is nearly everywhere. */
const MOST_CELLS = 400;

/** A luminance nobody knows: that of a picture that cannot be decoded. */
const UNKNOWN = Number.NaN;

/** The pictures and shapes of a page, to be asked what a point shows below or above something. Text is no part of it. */
export class Surface {
  private readonly cells = new Map<number, Layer[]>();
  private readonly wide: Layer[] = [];
  private samples = 0;

  constructor(drawn: readonly Drawn[], thumbnails: ReadonlyMap<string, Thumbnail>) {
    drawn.forEach((each, order) => {
      if (each.kind === 'text') return;
      const inkAt = each.kind === 'image' ? imageInk(each, thumbnails) : shapeInk(each);
      const cost = each.kind === 'image' ? 1 : 1 + each.polygons.reduce((sum, { length }) => sum + length, 0) / 4;
      this.add({ order, bounds: each.bounds, cost, inkAt });
    });
  }

  /** What a point looks like below the thing of that order: its luminance on white paper. NaN where nobody knows. */
  luminanceBelow(point: Point, order: number): number {
    return this.layersAt(point)
      .filter((layer) => layer.order < order)
      .reduce((below, layer) => onTop(layer.inkAt(point), below), 1);
  }

  /** What lies over the thing of that order at a point: how much of it is hidden, and by which luminance; null where nothing does. */
  coverAbove(point: Point, order: number): Ink | null {
    let cover: Ink | null = null;
    for (const layer of this.layersAt(point)) {
      const ink = layer.order > order ? layer.inkAt(point) : null;
      if (!ink) continue;
      const shown: Ink = {
        luminance: onTop(ink, cover?.luminance ?? ink.luminance),
        alpha: 1 - (1 - (cover?.alpha ?? 0)) * (1 - ink.alpha),
      };
      cover = shown;
    }
    return cover;
  }

  /** In the order they are drawn. */
  private layersAt(point: Point): Layer[] {
    const local = this.cells.get(cellOf(Math.floor(point[0] / CELL), Math.floor(point[1] / CELL))) ?? [];
    const layers = this.wide.length === 0 ? local : [...this.wide, ...local].sort((a, b) => a.order - b.order);
    const here = layers.filter(({ bounds }) => contains(bounds, point));
    this.samples += here.reduce((sum, { cost }) => sum + cost, 1 + layers.length);
    if (this.samples > MAX_SAMPLES) throw new DocumentError('unsafe', 'the OFD page covers its text more often than any page needs');
    return here;
  }

  private add(layer: Layer): void {
    const { left, top, right, bottom } = layer.bounds;
    if (!(right >= left && bottom >= top)) return;
    const columns = [Math.floor(left / CELL), Math.floor(right / CELL)] as const;
    const rows = [Math.floor(top / CELL), Math.floor(bottom / CELL)] as const;
    if ((columns[1] - columns[0] + 1) * (rows[1] - rows[0] + 1) > MOST_CELLS) {
      this.wide.push(layer);
      return;
    }
    for (let row = rows[0]; row <= rows[1]; row += 1) {
      for (let column = columns[0]; column <= columns[1]; column += 1) {
        const cell = cellOf(column, row);
        const layers = this.cells.get(cell);
        if (layers) layers.push(layer);
        else this.cells.set(cell, [layer]);
      }
    }
  }
}

/** Pages are no more than some thousand cells wide. */
function cellOf(column: number, row: number): number {
  return row * 65_536 + column;
}

function onTop(ink: Ink | null, below: number): number {
  return ink ? ink.alpha * ink.luminance + (1 - ink.alpha) * below : below;
}

function imageInk({ place, alpha, path }: DrawnImage, thumbnails: ReadonlyMap<string, Thumbnail>): Layer['inkAt'] {
  const back = inverse(place);
  const thumbnail = thumbnails.get(path ?? '');
  if (!back) return () => null;
  return (point) => {
    const [u, v] = apply(back, point);
    if (u < 0 || v < 0 || u >= 1 || v >= 1) return null;
    return thumbnail ? inkOfThumbnail(thumbnail, u, v, alpha) : { luminance: UNKNOWN, alpha };
  };
}

function inkOfThumbnail({ width, height, luminance, alpha }: Thumbnail, u: number, v: number, opacity: number): Ink | null {
  const at = Math.floor(v * height) * width + Math.floor(u * width);
  const own = (alpha[at] ?? 0) * opacity;
  return own > 0 ? { luminance: luminance[at] ?? 0, alpha: own } : null;
}

function shapeInk({ polygons, isEvenOdd, ink }: DrawnShape): Layer['inkAt'] {
  return (point) => {
    const winding = polygons.reduce((sum, polygon) => sum + (isEvenOdd ? crossings(polygon, point) : windings(polygon, point)), 0);
    const isInside = isEvenOdd ? winding % 2 === 1 : winding !== 0;
    return isInside ? ink : null;
  };
}

function crossings(polygon: readonly Point[], point: Point): number {
  let count = 0;
  forEachEdge(polygon, point, () => (count += 1));
  return count;
}

function windings(polygon: readonly Point[], point: Point): number {
  let sum = 0;
  forEachEdge(polygon, point, (direction) => (sum += direction));
  return sum;
}

/** The edges that a ray to the right of the point meets, with the direction they run in. */
function forEachEdge(polygon: readonly Point[], [x, y]: Point, met: (direction: 1 | -1) => void): void {
  for (let i = 0; i < polygon.length; i += 1) {
    const [ax, ay] = polygon[i] ?? [0, 0];
    const [bx, by] = polygon[i + 1] ?? polygon[0] ?? [0, 0];
    if (ay > y === by > y) continue;
    if (x < ax + ((y - ay) / (by - ay)) * (bx - ax)) met(by > ay ? 1 : -1);
  }
}
