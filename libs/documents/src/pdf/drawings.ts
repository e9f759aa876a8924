import type { PageImage } from '../page-image';
import type { PageObject } from './page-objects';
import type { PdfPage } from './pdf-page';
import { renderCoverage, renderRgb, type View } from './render';

/** A page drawn three times: as it is, without its text, and of its text alone how much of each pixel it covers, whatever its colour: 0 to 255. */
export interface Drawings {
  whole: PageImage;
  bare: PageImage;
  ink: Uint8Array;
}

/** Draws a page whole and in parts. `objects` are all that is drawn on it. */
export function drawApart(page: PdfPage, view: View, objects: readonly PageObject[]): Drawings {
  const show = (isText: boolean, isShown: boolean) => {
    for (const { handle, kind } of objects) {
      if ((kind === 'text') === isText) page.pdfium.call.FPDFPageObj_SetIsActive(handle, Number(isShown));
    }
  };
  const whole = renderRgb(page, view);
  try {
    show(true, false);
    const bare = renderRgb(page, view);
    show(true, true);
    show(false, false);
    return { whole, bare, ink: renderCoverage(page, view) };
  } finally {
    show(true, true);
    show(false, true);
  }
}
