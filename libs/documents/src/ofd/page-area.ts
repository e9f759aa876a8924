import { childText } from '../xml/find-elements';
import type { XmlElement } from '../xml/read-xml';
import type { Bounds, Box, Matrix } from './geometry';
import { readBox } from './read-numbers';

/** A page's paper: its size in pixels, and the map from its millimetres to them. */
export interface Paper {
  width: number;
  height: number;
  pixelsPerMm: number;
  toPixels: Matrix;
  bounds: Bounds;
}

/** 200 dots an inch, at which small print has the height that pictures of bills have. */
const PIXELS_PER_MM = 8;

/** Larger pages are shown smaller. */
const LONGEST_SIDE = 8_000;

/** A4, where a document says nothing of its size. */
const A4: Box = { x: 0, y: 0, width: 210, height: 297 };

/** The paper of a page: its own area, else that of its template, else the document's. */
export function paperOf(areas: readonly (XmlElement | undefined)[]): Paper {
  const box =
    areas.map((area) => readBox(childText(area, 'PhysicalBox')) ?? readBox(childText(area, 'ApplicationBox'))).find(Boolean) ?? A4;
  const pixelsPerMm = Math.min(PIXELS_PER_MM, LONGEST_SIDE / Math.max(box.width, box.height));
  const width = Math.max(1, Math.round(box.width * pixelsPerMm));
  const height = Math.max(1, Math.round(box.height * pixelsPerMm));
  const toPixels: Matrix = [pixelsPerMm, 0, 0, pixelsPerMm, -box.x * pixelsPerMm, -box.y * pixelsPerMm];
  return { width, height, pixelsPerMm, toPixels, bounds: { left: 0, top: 0, right: width, bottom: height } };
}
