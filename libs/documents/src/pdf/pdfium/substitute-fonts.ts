import { blockFont } from './block-font';
import type { Pdfium } from './pdfium';

/** Makes a function of the instance's table of one of ours; of its signature, the first letter is what it gives back. */
type AddFunction = (callback: (...args: number[]) => number | undefined, signature: string) => number;

/** Character sets whose fonts PDFium has none of its own for: Japanese, Korean, simplified and traditional Chinese. */
const EAST_ASIAN = [128, 129, 134, 136];

/** The only font there is to be had; 0 is none. */
const FONT = 1;

/** Asked for this table, a font gives its whole file. */
const WHOLE_FILE = 0;

const VERSION = 1;

/** Gives an instance a font for East Asian text whose own font a file does not hold; without one such text would not be drawn at all. */
export function substituteFonts(pdfium: Pdfium, addFunction: AddFunction): void {
  const font = blockFont();
  const mapFont = (...[, , , charset = 0]: number[]) => (EAST_ASIAN.includes(charset) ? FONT : 0);
  const fontData = (...[, , table, buffer = 0, size = 0]: number[]) => {
    if (table !== WHOLE_FILE) return 0;
    if (buffer !== 0 && size >= font.length) pdfium.bytes(buffer, font.length).set(font);
    return font.length;
  };
  // Each has a function of its own, because the table knows functions by identity and would keep the first one's signature.
  const members = [
    VERSION,
    addFunction(() => undefined, 'vi'),
    addFunction(() => undefined, 'vii'),
    addFunction(mapFont, 'iiiiiiii'),
    addFunction(() => 0, 'iii'),
    addFunction(fontData, 'iiiiii'),
    addFunction(() => 0, 'iiiii'),
    addFunction(() => 0, 'iii'),
    addFunction(() => undefined, 'vii'),
  ];
  const info = Uint8Array.from(Buffer.from(Int32Array.from(members).buffer));
  const address = pdfium.allocate(info.length);
  pdfium.bytes(address, info.length).set(info);
  pdfium.call.FPDF_SetSystemFontInfo(address);
}
