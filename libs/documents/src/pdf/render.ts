import { DocumentError } from '../document.error';
import type { PageImage } from '../page-image';
import { shownSize, type Box } from './page-geometry';
import type { PdfPage } from './pdf-page';

/** Annotations on a page beyond this many are not drawn. */
const MAX_WIDGETS = 512;

const WIDGET = 20;

/** Annotation flags hidden and not to be viewed. */
const UNSEEN = 0x02 | 0x20;

/** The appearance that neither the pointer nor a button changes. */
const NORMAL = 0;

const BGR = 2;
const BGRA = 4;

/** Annotations are drawn: seals and signatures often are some. */
const WITH_ANNOTATIONS = 0x01;
const RED_FIRST = 0x10;

const WHITE = 0xffffffff;
const TRANSPARENT = 0;

/** A part of a page at a scale: `box` is in pixels at that scale. */
export interface View {
  pixelsPerPoint: number;
  box: Box;
}

/** The whole page at a scale, at least one pixel wide and high. */
export function wholePage({ frame }: PdfPage, pixelsPerPoint: number): View {
  const { width, height } = shownSize(frame);
  const whole = (points: number) => Math.max(1, Math.round(points * pixelsPerPoint));
  return { pixelsPerPoint, box: { left: 0, top: 0, right: whole(width), bottom: whole(height) } };
}

/** Draws a part of a page on white paper. */
export function renderRgb(page: PdfPage, view: View): PageImage {
  return render(page, view, { format: BGR, flags: WITH_ANNOTATIONS | RED_FIRST, paper: WHITE }, (bytes, stride, width, height) => {
    const rgb = new Uint8Array(width * height * 3);
    for (let y = 0; y < height; y += 1) rgb.set(bytes.subarray(y * stride, y * stride + width * 3), y * width * 3);
    return { width, height, rgb };
  });
}

/** How much ink stands where on a part of a page, whatever its colour: 0 to 255 for each pixel. Annotations are left out. */
export function renderCoverage(page: PdfPage, view: View): Uint8Array {
  return render(page, view, { format: BGRA, flags: 0, paper: TRANSPARENT }, (bytes, stride, width, height) => {
    const coverage = new Uint8Array(width * height);
    for (let y = 0; y < height; y += 1) {
      for (let x = 0; x < width; x += 1) coverage[y * width + x] = bytes[y * stride + x * 4 + 3] ?? 0;
    }
    return coverage;
  });
}

type Taken<T> = (bytes: Uint8Array, stride: number, width: number, height: number) => T;

function render<T>(
  { pdfium, handle, frame }: PdfPage,
  { pixelsPerPoint, box }: View,
  { format, flags, paper }: { format: number; flags: number; paper: number },
  take: Taken<T>,
): T {
  const { call } = pdfium;
  const [width, height] = [box.right - box.left, box.bottom - box.top];
  const shown = shownSize(frame);
  const bitmap = call.FPDFBitmap_CreateEx(width, height, format, 0, 0);
  if (bitmap === 0) throw new DocumentError('unsafe', 'the PDF takes more memory than it is given');
  try {
    call.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, paper);
    const [wholeWidth, wholeHeight] = [Math.round(shown.width * pixelsPerPoint), Math.round(shown.height * pixelsPerPoint)];
    call.FPDF_RenderPageBitmap(bitmap, handle, -box.left, -box.top, Math.max(1, wholeWidth), Math.max(1, wholeHeight), 0, flags);
    if (flags & WITH_ANNOTATIONS) drawWidgets({ pdfium, handle, frame }, bitmap, { pixelsPerPoint, box }, flags);
    const stride = call.FPDFBitmap_GetStride(bitmap);
    return take(pdfium.bytes(call.FPDFBitmap_GetBuffer(bitmap), stride * height), stride, width, height);
  } finally {
    call.FPDFBitmap_Destroy(bitmap);
  }
}

/** What form fields show, signatures among them: PDFium draws all annotations but these, for a program that fills forms to draw. */
function drawWidgets({ pdfium, handle }: PdfPage, bitmap: number, { pixelsPerPoint, box }: View, flags: number): void {
  const { call } = pdfium;
  const count = Math.min(MAX_WIDGETS, call.FPDFPage_GetAnnotCount(handle));
  for (let index = 0; index < count; index += 1) {
    const annotation = call.FPDFPage_GetAnnot(handle, index);
    if (annotation === 0) continue;
    try {
      if (call.FPDFAnnot_GetSubtype(annotation) !== WIDGET || (call.FPDFAnnot_GetFlags(annotation) & UNSEEN) !== 0) continue;
      const matrix = Float32Array.of(pixelsPerPoint, 0, 0, pixelsPerPoint, -box.left, -box.top);
      pdfium.withBuffer(matrix.byteLength, (address) => {
        pdfium.bytes(address, matrix.byteLength).set(new Uint8Array(matrix.buffer));
        call.EPDF_RenderAnnotBitmap(bitmap, handle, annotation, NORMAL, address, flags);
      });
    } finally {
      call.FPDFPage_CloseAnnot(annotation);
    }
  }
}
