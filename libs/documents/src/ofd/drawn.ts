import type { PlacedChar } from '../text/placed-char';
import type { Bounds, Matrix, Point } from './geometry';
import type { Ink } from './ink';

/** A run of characters. Those that are mirrored or cut off are marked as not seen already. */
export interface DrawnText {
  kind: 'text';
  chars: PlacedChar[];
  ink: Ink;
}

/** A picture: `place` maps its unit square onto the page. */
export interface DrawnImage {
  kind: 'image';
  place: Matrix;
  bounds: Bounds;
  alpha: number;
  /** Its file; null where there is none. */
  path: string | null;
}

/** Shapes that are filled as one. A line is the shapes its pen covers. */
export interface DrawnShape {
  kind: 'shape';
  polygons: readonly (readonly Point[])[];
  isEvenOdd: boolean;
  bounds: Bounds;
  ink: Ink;
}

/** One thing on a page; all places are in pixels. Pages are lists of them, what is drawn later last. */
export type Drawn = DrawnText | DrawnImage | DrawnShape;
