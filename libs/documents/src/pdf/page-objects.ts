import { boxAround, chain, direction, type Box, type Matrix } from './page-geometry';
import type { PdfPage } from './pdf-page';

/** More objects than this are no bill's: the page is then taken for a picture. */
const MAX_OBJECTS = 100_000;

/** Forms inside forms, such as a seal inside a signature's appearance inside a page. */
const MAX_DEPTH = 16;

const KINDS = ['unknown', 'text', 'path', 'image', 'shading', 'form'] as const;

/** One thing that is drawn on a page. Those inside forms are listed, forms themselves are not. */
export interface PageObject {
  handle: number;
  kind: Exclude<(typeof KINDS)[number], 'form'>;
  box: Box;
  /** From the object's own space to pixels: for an image, where its unit square goes. */
  matrix: Matrix;
}

/** All that is drawn, in the order in which it is drawn; null when it is more than any bill has. */
export function pageObjects({ pdfium, handle }: PdfPage, pixels: Matrix): PageObject[] | null {
  const { call } = pdfium;
  const found: PageObject[] = [];
  let left = MAX_OBJECTS;

  const walk = (count: number, objectAt: (index: number) => number, outer: Matrix, depth: number): boolean => {
    for (let index = 0; index < count; index += 1) {
      const object = objectAt(index);
      if (object === 0) continue;
      if ((left -= 1) < 0) return false;
      const kind = KINDS[call.FPDFPageObj_GetType(object)] ?? 'unknown';
      const own = pdfium.floats(6, (address = 0) => call.FPDFPageObj_GetMatrix(object, address));
      const matrix = own ? chain(own as unknown as Matrix, outer) : outer;
      if (kind === 'form') {
        if (depth === MAX_DEPTH) return false;
        if (!walk(call.FPDFFormObj_CountObjects(object), (i) => call.FPDFFormObj_GetObject(object, i), matrix, depth + 1)) return false;
      } else {
        found.push({ handle: object, kind, matrix, box: boxOf(object, kind, matrix, outer) });
      }
    }
    return true;
  };

  const boxOf = (object: number, kind: PageObject['kind'], matrix: Matrix, outer: Matrix): Box => {
    if (kind === 'image') return boxAround(matrix, [0, 0, 1, 1]);
    const bounds = pdfium.floats(4, (...addresses) => call.FPDFPageObj_GetBounds(object, ...addresses));
    const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = bounds ?? [];
    return boxAround(outer, [x1, y1, x2, y2]);
  };

  const isWhole = walk(call.FPDFPage_CountObjects(handle), (i) => call.FPDFPage_GetObject(handle, i), pixels, 0);
  return isWhole ? found : null;
}

/** How many pixels an image has for each pixel of the page, along its denser side; null where it cannot be told. */
export function densityOf(pdfium: PdfPage['pdfium'], { handle, matrix }: PageObject): number | null {
  const size = pdfium.integers(2, (...addresses) => pdfium.call.FPDFImageObj_GetImagePixelSize(handle, ...addresses));
  const [width = 0, height = 0] = size ?? [];
  const [across, down] = [Math.hypot(...direction(matrix, 1, 0)), Math.hypot(...direction(matrix, 0, 1))];
  if (width === 0 || height === 0 || across === 0 || down === 0) return null;
  return Math.max(width / across, height / down);
}
