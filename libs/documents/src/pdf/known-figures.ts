import { shapesOf, type FigureShapes } from './figure-shapes';
import { pageChars } from './page-chars';
import { toPixels } from './page-geometry';
import { pageObjects } from './page-objects';
import { loadPage } from './pdf-page';
import type { Pdfium } from './pdfium/pdfium';
import { renderCoverage, wholePage } from './render';

const FACES = [
  'Helvetica',
  'Times-Roman',
  'Courier',
  'Helvetica-Bold',
  'Times-Bold',
  'Helvetica-Oblique',
  'Times-Italic',
  'Courier-Oblique',
];

/** Pixels for each point: figures are then as high as those of a bill's larger print. */
const SCALE = 2;

const known = new WeakMap<Pdfium, FigureShapes>();

/** What figures look like in the faces that PDFium itself has; drawn once for each instance. */
export function knownFigures(pdfium: Pdfium): FigureShapes {
  const shapes = known.get(pdfium) ?? drawn(pdfium);
  known.set(pdfium, shapes);
  return shapes;
}

function drawn(pdfium: Pdfium): FigureShapes {
  const { call } = pdfium;
  const file = Buffer.from(specimen(), 'latin1');
  return pdfium.withBuffer(file.length, (address) => {
    pdfium.bytes(address, file.length).set(file);
    const document = call.FPDF_LoadMemDocument(address, file.length, 0);
    try {
      const page = loadPage(pdfium, document, 1);
      try {
        const view = wholePage(page, SCALE);
        const pixels = toPixels(page.frame, SCALE);
        const chars = pageChars(page, pixels, pageObjects(page, pixels) ?? []) ?? [];
        const figures = chars.map(({ text, object, height, box }) => ({ text, size: height, font: call.FPDFTextObj_GetFont(object), box }));
        return shapesOf(figures, { width: view.box.right, height: view.box.bottom, coverage: renderCoverage(page, view) });
      } finally {
        call.FPDF_ClosePage(page.handle);
      }
    } finally {
      call.FPDF_CloseDocument(document);
    }
  });
}

/** A page with the ten figures in each face. PDFium finds the objects of a file without a table of them. */
function specimen(): string {
  const lines = FACES.map((_, index) => `BT /F${index} 12 Tf 10 ${20 * index + 10} Td (0123456789) Tj ET`).join('\n');
  const fonts = FACES.map((face, index) => `/F${index} << /Type /Font /Subtype /Type1 /BaseFont /${face} >>`).join(' ');
  return [
    '%PDF-1.4',
    '1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj',
    '2 0 obj << /Type /Pages /Kids [3 0 R] /Count 1 >> endobj',
    `3 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 120 ${20 * FACES.length + 10}] /Contents 4 0 R /Resources << /Font << ${fonts} >> >> >> endobj`,
    `4 0 obj << /Length ${lines.length} >> stream\n${lines}\nendstream endobj`,
    'trailer << /Root 1 0 R >>',
    '%%EOF',
  ].join('\n');
}
