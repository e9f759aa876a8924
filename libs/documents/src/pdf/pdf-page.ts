import { DocumentError } from '../document.error';
import type { PageFrame } from './page-geometry';
import type { Pdfium } from './pdfium/pdfium';

/** A page that is loaded: its handle and the part of it that is shown. */
export interface PdfPage {
  pdfium: Pdfium;
  handle: number;
  frame: PageFrame;
}

/** Loads a page, numbered from 1; its handle is to be closed. Throws `DocumentError` when it cannot be had. */
export function loadPage(pdfium: Pdfium, document: number, number: number): PdfPage {
  const handle = pdfium.call.FPDF_LoadPage(document, number - 1);
  if (handle === 0) throw new DocumentError('damaged', `page ${number} of the PDF cannot be read`);
  try {
    return { pdfium, handle, frame: frameOf(pdfium, handle, number) };
  } catch (error) {
    pdfium.call.FPDF_ClosePage(handle);
    throw error;
  }
}

function frameOf(pdfium: Pdfium, handle: number, number: number): PageFrame {
  // The four floats of a rectangle stand side by side, so the address of the first is the rectangle's.
  const box = pdfium.floats(4, (address = 0) => pdfium.call.FPDF_GetPageBoundingBox(handle, address));
  const [left = 0, top = 0, right = 0, bottom = 0] = box ?? [];
  if (!(right > left && top > bottom && right - left < 1e6 && top - bottom < 1e6)) {
    throw new DocumentError('damaged', `page ${number} of the PDF has no size`);
  }
  return { left, top, right, bottom, quarters: pdfium.call.FPDFPage_GetRotation(handle) };
}
