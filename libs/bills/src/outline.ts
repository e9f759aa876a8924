import type { Quad } from '@app/contracts';
import type { BillPrint } from './read-page';

/** The outline of a page that is one bill's alone, as fractions of its sides. */
export const WHOLE_PAGE = rectangle(0, 0, 1, 1);

/** The whole page, or on a page of several bills the rectangle around the bill's own text. */
export function outlineOf({ page, lines, billsOnPage }: BillPrint): Quad {
  if (billsOnPage === 1) return WHOLE_PAGE;
  const points = lines.flatMap(({ line }) => line.quad);
  const xs = points.map((point) => share(point[0] ?? 0, page.width));
  const ys = points.map((point) => share(point[1] ?? 0, page.height));
  return rectangle(Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys));
}

function share(position: number, size: number): number {
  return Math.round(Math.min(1, Math.max(0, position / size)) * 10_000) / 10_000;
}

function rectangle(left: number, top: number, right: number, bottom: number): Quad {
  return [
    [left, top],
    [right, top],
    [right, bottom],
    [left, bottom],
  ];
}
