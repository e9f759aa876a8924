import type { PlacedChar } from '../text/placed-char';
import { hasActualText } from './actual-text';
import { apply, boxAround, chain, type Box, type Matrix } from './page-geometry';
import type { PageObject } from './page-objects';
import type { PdfPage } from './pdf-page';
import { printedForm } from './printed-form';

/** A character as PDFium finds it: `box` is upright around its ink, `object` the handle of the text it belongs to. */
export interface PageChar extends Omit<PlacedChar, 'isVisible'> {
  box: Box;
  object: number;
  /** True where the file says beside the signs what they are to be read as. */
  isReplaced: boolean;
  /** False where the file does not say which character a sign stands for, or says of a figure that it is another. */
  isKnown: boolean;
}

/** More than a page can hold so that it can be read: the page is then taken for a picture. */
const MAX_CHARS = 100_000;

/** Text render modes that draw nothing: neither, and clip only. */
const DRAWS_NOTHING = [3, 7];

/** Whether text is drawn at all, in whatever colour. */
export function drawsText(pdfium: PdfPage['pdfium'], object: number): boolean {
  return !DRAWS_NOTHING.includes(pdfium.call.FPDFTextObj_GetTextRenderMode(object));
}

/** Reads the characters that a page's text draws; null when there are more than any bill has. `objects` are what is drawn on the page. */
export function pageChars(page: PdfPage, pixels: Matrix, objects: readonly PageObject[]): PageChar[] | null {
  const { call } = page.pdfium;
  const text = call.FPDFText_LoadPage(page.handle);
  if (text === 0) return [];
  try {
    const count = call.FPDFText_CountChars(text);
    if (count > MAX_CHARS) return null;
    const reader = new CharReader(page, text, pixels, objects);
    const chars: PageChar[] = [];
    for (let index = 0; index < count; index += 1) {
      const char = reader.read(index);
      if (char && !joinsSurrogate(chars.at(-1), char) && !joinsLigature(chars.at(-1), char)) chars.push(char);
    }
    widenTurned(chars);
    return shareBoxes(chars);
  } finally {
    call.FPDFText_ClosePage(text);
  }
}

class CharReader {
  private readonly replaced = new Map<number, boolean>();
  private readonly objects: ReadonlyMap<number, PageObject>;

  constructor(
    private readonly page: PdfPage,
    private readonly text: number,
    private readonly pixels: Matrix,
    objects: readonly PageObject[],
  ) {
    this.objects = new Map(objects.filter(({ kind }) => kind === 'text').map((object) => [object.handle, object]));
  }

  /** Null for what is not drawn: blanks and hyphens that PDFium adds, and text that only guides others. */
  read(index: number): PageChar | null {
    const { page, text, pixels } = this;
    const { pdfium } = page;
    const { call } = pdfium;
    if (call.FPDFText_IsGenerated(text, index) === 1) return null;
    const object = this.objects.get(call.FPDFText_GetTextObject(text, index));
    if (!object || !drawsText(pdfium, object.handle)) return null;
    const own = pdfium.floats(6, (address = 0) => call.FPDFText_GetMatrix(text, index, address));
    const cell = pdfium.floats(4, (address = 0) => call.FPDFText_GetLooseCharBox(text, index, address));
    const ink = pdfium.doubles(4, (...addresses) => call.FPDFText_GetCharBox(text, index, ...addresses));
    const origin = pdfium.doubles(2, (...addresses) => call.FPDFText_GetCharOrigin(text, index, ...addresses));
    if (!own || !cell || !ink || !origin) return null;
    const [x = 0, y = 0] = origin;
    const [left = 0, top = 0, right = 0, bottom = 0] = cell;
    const [inkLeft = 0, inkRight = 0, inkBottom = 0, inkTop = 0] = ink;
    const matrix = chain(own as unknown as Matrix, pixels);
    const size = call.FPDFText_GetFontSize(text, index);
    const isReplaced = this.isReplaced(object.handle);
    // Where PDFium takes a character from a text given beside the signs, it places it as if forms were not moved.
    const loose = isReplaced ? object.box : boxAround(pixels, [left, bottom, right, top]);
    const box = isReplaced ? object.box : boxAround(pixels, [inkLeft, inkBottom, inkRight, inkTop]);
    const code = call.FPDFText_IsHyphen(text, index) === 1 ? HYPHEN : call.FPDFText_GetUnicode(text, index);
    const isDigit = code >= DIGIT_0 && code <= DIGIT_9;
    return {
      ...place(loose, matrix, isReplaced ? [matrix[4], matrix[5]] : apply(pixels, x, y), size),
      text: printedForm(code),
      box,
      object: object.handle,
      isReplaced,
      isKnown: call.FPDFText_HasUnicodeMapError(text, index) === 0 && isCharacter(code) && !(isReplaced && isDigit),
    };
  }

  private isReplaced(object: number): boolean {
    const known = this.replaced.get(object) ?? hasActualText(this.page.pdfium, object);
    this.replaced.set(object, known);
    return known;
  }
}

const HYPHEN = 0x2d;
const DIGIT_0 = 0x30;
const DIGIT_9 = 0x39;

/** Private use, control, surrogates by themselves, and the replacement character say nothing about what is printed. */
function isCharacter(code: number): boolean {
  return code !== 0xfffd && code <= 0x10ffff && !/^[\p{Co}\p{Cc}\p{Cs}\p{Cn}]$/u.test(String.fromCodePoint(code));
}

/** Where a character stands as its text runs. */
type Place = Pick<PageChar, 'left' | 'top' | 'width' | 'height' | 'angle'>;

/** Directions nearer to the page's own than this, in radians, are those. */
const STRAIGHT = 0.01;

function angleOf([a, b]: Matrix, size: number): number {
  const angle = size < 0 ? Math.atan2(-b, -a) : Math.atan2(b, a);
  const quarter = Math.round(angle / (Math.PI / 2)) * (Math.PI / 2);
  return Math.abs(angle - quarter) < STRAIGHT ? quarter : angle;
}

function heightOf([, , c, d]: Matrix, size: number): number {
  return Math.abs(size) * Math.hypot(c, d);
}

/** How far an em reaches above its baseline. Fonts tell of their own reach too, but often falsely, and sometimes twice an em. */
const ASCENT = 0.88;

/** The em's place at an origin on the baseline, as wide as the box is along the text. */
function place(box: Box, matrix: Matrix, [x, y]: readonly [number, number], size: number): Place {
  const angle = angleOf(matrix, size);
  const height = heightOf(matrix, size);
  const [left, top] = apply(frameAt(x, y, angle), 0, -ASCENT * height);
  return { left, top, width: widthOf(box, angle, height), height, angle };
}

function frameAt(x: number, y: number, angle: number): Matrix {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  return [cos, sin, -sin, cos, x, y];
}

/** An upright box around turned text holds its width and height together: what the known height leaves of the longer share is the width. */
function widthOf(box: Box, angle: number, height: number): number {
  const [spanX, spanY] = [box.right - box.left, box.bottom - box.top];
  const [shareX, shareY] = [Math.abs(Math.cos(angle)), Math.abs(Math.sin(angle))];
  if (shareY < STRAIGHT) return spanX;
  if (shareX < STRAIGHT) return spanY;
  const width = shareX >= shareY ? (spanX - height * shareY) / shareX : (spanY - height * shareX) / shareY;
  return Math.max(NARROWEST * height, width);
}

const NARROWEST = 0.2;

/** How wide a turned character is, the next one of its text says better than the upright box around it. */
function widenTurned(chars: readonly PageChar[]): void {
  for (const [index, char] of chars.entries()) {
    const next = chars[index + 1];
    if (next?.object !== char.object || isStraight(char.angle)) continue;
    const step = (next.left - char.left) * Math.cos(char.angle) + (next.top - char.top) * Math.sin(char.angle);
    if (step > 0 && step < 2 * char.height) char.width = step;
  }
}

function isStraight(angle: number): boolean {
  return Math.min(Math.abs(Math.cos(angle)), Math.abs(Math.sin(angle))) < STRAIGHT;
}

/** Characters that take a whole em, though their ink may take less. */
const FULL_WIDTH = /^[\u2e80-\u9fff\uf900-\ufaff\uff01-\uff60]$/u;

/** Characters given for one piece of text all have its box: each gets its share, in their order. */
function shareBoxes(chars: readonly PageChar[]): PageChar[] {
  const shared: PageChar[] = [];
  for (let from = 0; from < chars.length;) {
    const first = chars[from];
    let to = from + 1;
    while (first?.isReplaced && chars[to]?.isReplaced && chars[to]?.object === first.object) to += 1;
    const count = to - from;
    for (const [index, char] of chars.slice(from, to).entries()) {
      const share = char.width / count;
      const width = FULL_WIDTH.test(char.text) ? Math.max(share, char.height) : share;
      const shift = share * index;
      shared.push({ ...char, width, left: char.left + shift * Math.cos(char.angle), top: char.top + shift * Math.sin(char.angle) });
    }
    from = to;
  }
  return shared;
}

/** A character beyond the first 65,536 may come in two halves. */
function joinsSurrogate(last: PageChar | undefined, next: PageChar): boolean {
  if (!last || !/^[\ud800-\udbff]$/u.test(last.text) || !/^[\udc00-\udfff]$/u.test(next.text)) return false;
  last.text += next.text;
  last.isKnown = true;
  return true;
}

/** A ligature comes as its letters one after another in the same place; a letter drawn twice is another matter. */
function joinsLigature(last: PageChar | undefined, next: PageChar): boolean {
  if (!last || last.object !== next.object || last.left !== next.left || last.top !== next.top || last.width !== next.width) return false;
  if (!/^[a-z]+$/iu.test(last.text) || !/^[a-z]$/iu.test(next.text)) return false;
  last.text += next.text;
  return true;
}
