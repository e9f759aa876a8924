import { EM, Typeface, type FaceName } from './typeface';

/** How a run of text is set; lengths in sheet units. */
export interface TextStyle {
  size: number;
  face: FaceName;
  colour: string;
  anchor?: 'start' | 'middle' | 'end';
  /** Added between characters. */
  spacing?: number;
  /** The text is narrowed to fit. */
  maxWidth?: number;
}

/** An upright rectangle in sheet units. */
export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Ascender and descender of the bundled faces, as parts of the size: what a box around a line of text spans. */
const ASCENT = 0.88;
const DESCENT = 0.12;

/** A page under construction: shapes and outlined text, written out as SVG. */
export class Sheet {
  private readonly parts: string[] = [];

  constructor(
    readonly width: number,
    readonly height: number,
  ) {}

  /** Sets text with its baseline at (x, y) and says where it stands. */
  text(value: string, x: number, y: number, style: TextStyle): Box {
    const face = Typeface.named(style.face);
    const natural = face.width(value, style.size, style.spacing);
    const squeeze = Math.min(1, (style.maxWidth ?? natural) / (natural || 1));
    const width = natural * squeeze;
    const left = x - { start: 0, middle: width / 2, end: width }[style.anchor ?? 'start'];
    const scale = style.size / EM;
    let cursor = left;
    const glyphs: string[] = [];
    for (const character of value) {
      const { path, advance } = face.outline(character);
      if (path)
        glyphs.push(
          `<path transform="matrix(${number(scale * squeeze)} 0 0 ${number(scale)} ${number(cursor)} ${number(y)})" d="${path}"/>`,
        );
      cursor += (advance * scale + (style.spacing ?? 0)) * squeeze;
    }
    this.parts.push(`<g fill="${style.colour}">${glyphs.join('')}</g>`);
    return { x: left, y: y - style.size * ASCENT, width, height: style.size * (ASCENT + DESCENT) };
  }

  line(x1: number, y1: number, x2: number, y2: number, colour: string, width = 1.4): void {
    this.parts.push(`<path d="M${number(x1)} ${number(y1)}L${number(x2)} ${number(y2)}" stroke="${colour}" stroke-width="${width}"/>`);
  }

  frame(box: Box, colour: string, width = 1.4): void {
    const { x, y } = box;
    this.parts.push(
      `<rect x="${number(x)}" y="${number(y)}" width="${number(box.width)}" height="${number(box.height)}" fill="none" stroke="${colour}" stroke-width="${width}"/>`,
    );
  }

  /** Adds markup made elsewhere, such as a seal or a code. */
  add(markup: string): void {
    this.parts.push(markup);
  }

  /** The same drawing on paper that ends at `height`. */
  cutAt(height: number): Sheet {
    const cut = new Sheet(this.width, height);
    cut.parts.push(...this.parts);
    return cut;
  }

  svg(pixelWidth: number): string {
    const height = Math.round((pixelWidth * this.height) / this.width);
    return `<svg xmlns="http://www.w3.org/2000/svg" width="${pixelWidth}" height="${height}" viewBox="0 0 ${this.width} ${this.height}"><rect width="100%" height="100%" fill="#fff"/>${this.parts.join('')}</svg>`;
  }
}

/** SVG needs no more than a hundredth of a unit. */
export function number(value: number): string {
  return String(Math.round(value * 10_000) / 10_000);
}
