import type { DocumentLimits } from '../limits';
import type { DocumentPage } from '../opened-document';
import type { PageImage } from '../page-image';
import { assembleLines } from '../text/assemble-lines';
import type { PlacedChar } from '../text/placed-char';
import { codeViews } from './code-views';
import { drawApart } from './drawings';
import { areBelied, type DrawnFigure } from './figure-shapes';
import { knownFigures } from './known-figures';
import { drawsText, pageChars, type PageChar } from './page-chars';
import { shownSize, toPixels, type Matrix } from './page-geometry';
import { densityOf, pageObjects, type PageObject } from './page-objects';
import type { PdfPage } from './pdf-page';
import { renderRgb, wholePage, type View } from './render';
import { drawsInk, seenChars } from './seen-chars';

const POINTS_PER_INCH = 72;

/** Text stands in pixels of this many to the inch: enough to see whether the smallest print is seen. */
const TEXT_DPI = 100;

/** A page that is drawn for reading, where it has no picture of its own that says how dense it is. */
const PICTURE_DPI = 200;

/** The longest side of a drawn page, in pixels: A4 at 300 dpi. */
const LONGEST_SIDE = 3508;

/** Fewer characters that are seen make no bill, but a mark on a picture of one. */
const FEWEST_CHARS = 10;

/** A page that pictures cover by more than this share is a picture with some text on it; seals and codes take a tenth or two. */
const MOSTLY = 0.3;

/** A page by its text, where it has text that can be believed; otherwise as it looks. */
export function readPage(page: PdfPage, number: number, limits: DocumentLimits): DocumentPage {
  const view = wholePage(page, scaleOf(page, TEXT_DPI / POINTS_PER_INCH, limits));
  const pixels = toPixels(page.frame, view.pixelsPerPoint);
  const objects = pageObjects(page, pixels);
  const believed = objects && !isMostlyPictures(objects, view) ? believedText(page, { view, pixels, objects }) : null;
  if (!objects || !believed) return { kind: 'picture', number, image: drawPage(page, limits) };
  return {
    kind: 'text',
    number,
    width: view.box.right,
    height: view.box.bottom,
    lines: assembleLines(believed.chars),
    pictures: codeViews(objects, view.pixelsPerPoint, believed.whole).map((each) => ({ image: renderRgb(page, each) })),
  };
}

/** A page as it looks: a scan as dense as its picture is, or as is enough for text that stands on it. */
export function drawPage(page: PdfPage, limits: DocumentLimits): PageImage {
  const enough = PICTURE_DPI / POINTS_PER_INCH;
  const objects = pageObjects(page, toPixels(page.frame, 1)) ?? [];
  const [largest] = objects.filter(({ kind }) => kind === 'image').sort((a, b) => areaOf(b) - areaOf(a));
  const density = largest && isMostlyPictures(objects, wholePage(page, 1)) ? densityOf(page.pdfium, largest) : null;
  const wanted = density === null || hasPrint(page, objects) ? Math.max(density ?? 0, enough) : density;
  return renderRgb(page, wholePage(page, scaleOf(page, wanted, limits)));
}

function hasPrint({ pdfium }: PdfPage, objects: readonly PageObject[]): boolean {
  return objects.some(({ kind, handle }) => kind === 'text' && drawsText(pdfium, handle));
}

/** Pixels per point, lowered where the page would become larger than is allowed. */
function scaleOf({ frame }: PdfPage, wanted: number, { maxPixels }: DocumentLimits): number {
  const { width, height } = shownSize(frame);
  return Math.min(wanted, LONGEST_SIDE / Math.max(width, height), Math.sqrt(maxPixels / (width * height)));
}

/** Null where the file leaves open what a character is, where it says of figures that they are others, or where too few characters are seen. */
function believedText(
  page: PdfPage,
  { view, pixels, objects }: { view: View; pixels: Matrix; objects: readonly PageObject[] },
): { chars: PlacedChar[]; whole: PageImage } | null {
  const chars = pageChars(page, pixels, objects);
  if (!chars || chars.length < FEWEST_CHARS) return null;
  const drawings = drawApart(page, view, objects);
  if (chars.some((char) => !char.isKnown && drawsInk(char, drawings))) return null;
  if (areBelied(figuresOf(page, chars), { ...drawings.whole, coverage: drawings.ink }, knownFigures(page.pdfium))) return null;
  const seen = seenChars(chars, drawings);
  return seen.filter(({ isVisible }) => isVisible).length >= FEWEST_CHARS ? { chars: seen, whole: drawings.whole } : null;
}

/** Turned ones are left out: values of a bill are not among them. */
function figuresOf({ pdfium }: PdfPage, chars: readonly PageChar[]): DrawnFigure[] {
  return chars
    .filter(({ text, angle }) => angle === 0 && /^[0-9]$/u.test(text))
    .map(({ text, object, height, box }) => ({ text, size: height, font: pdfium.call.FPDFTextObj_GetFont(object), box }));
}

function areaOf({ box }: PageObject): number {
  return (box.right - box.left) * (box.bottom - box.top);
}

const CELLS = 40;

/** Counted on a grid, so that pictures that lie over each other count once, and strips of one scan count together. */
function isMostlyPictures(objects: readonly PageObject[], { box: sheet }: View): boolean {
  const covered = new Uint8Array(CELLS * CELLS);
  for (const { kind, box } of objects) {
    if (kind !== 'image') continue;
    const cell = (at: number, side: number) => Math.min(CELLS, Math.max(0, Math.round((at / side) * CELLS)));
    const [left, right] = [cell(box.left, sheet.right), cell(box.right, sheet.right)];
    const [top, bottom] = [cell(box.top, sheet.bottom), cell(box.bottom, sheet.bottom)];
    for (let row = top; row < bottom; row += 1) covered.fill(1, row * CELLS + left, row * CELLS + right);
  }
  return covered.reduce((sum, each) => sum + each, 0) > MOSTLY * CELLS * CELLS;
}
