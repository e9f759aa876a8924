import { EM, MissingGlyphError, type Outline, Typeface } from '@app/samples';

/** A run of text for SVG: as outlines, because the machine it is drawn on may have no Chinese font. */
export interface TextStyle {
  size: number;
  colour: string;
}

const MISSING: Outline = { path: 'M120 0L880 0L880 -760L120 -760ZM200 -80L200 -680L800 -680L800 -80Z', advance: EM };

/** The text with its baseline at (x, y). */
export function outlinedText(text: string, x: number, y: number, { size, colour }: TextStyle): string {
  const scale = size / EM;
  let cursor = x;
  const glyphs = Array.from(text).map((character) => {
    const { path, advance } = outlineOf(character);
    const placed = path === '' ? '' : `<path transform="matrix(${scale} 0 0 ${scale} ${cursor.toFixed(2)} ${y.toFixed(2)})" d="${path}"/>`;
    cursor += advance * scale;
    return placed;
  });
  return `<g fill="${colour}" fill-rule="evenodd">${glyphs.join('')}</g>`;
}

/** How wide the text is in the units of `size`. */
export function textWidth(text: string, size: number): number {
  return Array.from(text).reduce((sum, character) => sum + outlineOf(character).advance, 0) * (size / EM);
}

/** What was misread may be any character: one that the face does not have is drawn as an empty box. */
function outlineOf(character: string): Outline {
  try {
    return Typeface.named('sans').outline(character);
  } catch (error) {
    if (error instanceof MissingGlyphError) return MISSING;
    throw error;
  }
}
