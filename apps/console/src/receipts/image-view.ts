import type { Quad } from '@app/contracts';

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Where the page lies in the window: `scale` screen pixels per page pixel, (`x`, `y`) the page's top left corner. */
export interface View {
  readonly scale: number;
  readonly x: number;
  readonly y: number;
}

/** An upright box in page pixels. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

const MAX_SCALE = 4;

/** The whole page, centred. */
export function fitView(page: Size, window: Size): View {
  const scale = Math.min(window.width / page.width, window.height / page.height);
  return { scale, x: (window.width - page.width * scale) / 2, y: (window.height - page.height * scale) / 2 };
}

/** Zooms so that what lies under `point` stays there, between the whole page and four screen pixels per page pixel. */
export function zoomAt(view: View, factor: number, point: { x: number; y: number }, limits: { page: Size; window: Size }): View {
  const smallest = Math.min(fitView(limits.page, limits.window).scale, 1);
  const scale = Math.min(Math.max(view.scale * factor, smallest), MAX_SCALE);
  const ratio = scale / view.scale;
  return keepInside({ scale, x: point.x - (point.x - view.x) * ratio, y: point.y - (point.y - view.y) * ratio }, limits);
}

/** Moves the page with the pointer. */
export function panBy(view: View, by: { x: number; y: number }, limits: { page: Size; window: Size }): View {
  return keepInside({ ...view, x: view.x + by.x, y: view.y + by.y }, limits);
}

/** Moves the page, without zooming, so that the box is seen; a box in sight leaves the view as it is. */
export function bringIntoView(view: View, box: Box, limits: { page: Size; window: Size }): View {
  const left = view.x + box.left * view.scale;
  const top = view.y + box.top * view.scale;
  const { window } = limits;
  const inSight = left >= 0 && top >= 0 && left + box.width * view.scale <= window.width && top + box.height * view.scale <= window.height;
  if (inSight) return view;
  const centreX = (box.left + box.width / 2) * view.scale;
  const centreY = (box.top + box.height / 2) * view.scale;
  return keepInside({ ...view, x: window.width / 2 - centreX, y: window.height / 2 - centreY }, limits);
}

/** A page smaller than the window is centred, a larger one leaves no gap at an edge. */
function keepInside(view: View, { page, window }: { page: Size; window: Size }): View {
  return {
    scale: view.scale,
    x: keepAxis(view.x, page.width * view.scale, window.width),
    y: keepAxis(view.y, page.height * view.scale, window.height),
  };
}

function keepAxis(at: number, length: number, room: number): number {
  if (length <= room) return (room - length) / 2;
  return Math.min(0, Math.max(room - length, at));
}

/** The upright box around a quad, grown on each side by a share of its height so that neighbouring strokes are seen. */
export function boxAround(quad: Quad, page: Size, marginShare = 0): Box {
  const xs = quad.map(([x = 0]) => x);
  const ys = quad.map(([, y = 0]) => y);
  const margin = (Math.max(...ys) - Math.min(...ys)) * marginShare;
  const left = Math.max(0, Math.min(...xs) - margin);
  const top = Math.max(0, Math.min(...ys) - margin);
  const right = Math.min(page.width, Math.max(...xs) + margin);
  const bottom = Math.min(page.height, Math.max(...ys) + margin);
  return { left, top, width: right - left, height: bottom - top };
}

/** Corners as an SVG polygon takes them. */
export function polygonPoints(quad: Quad): string {
  return quad.map((corner) => corner.join(',')).join(' ');
}

/**
 * Quads lie on the page as it was read. An image that is shown turned by a quarter, as a file without orientation can be, has its
 * sides the other way round, and marks would lie in wrong places.
 */
export function isAligned(page: Size, image: Size): boolean {
  const ratio = page.width / page.height / (image.width / image.height);
  return Math.abs(ratio - 1) < 0.02;
}
