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

/** What a sheet is made of, in drawing order: text with its baseline's start, strokes, and markup made elsewhere. */
export type Piece =
  | { kind: 'text'; value: string; x: number; y: number; style: TextStyle; squeeze: number }
  | { kind: 'stroke'; from: [number, number]; to: [number, number]; colour: string; width: number }
  | { kind: 'markup'; markup: string };

/** Ascender and descender of the bundled faces, as parts of the size: what a box around a line of text spans. */
const ASCENT = 0.88;
const DESCENT = 0.12;

/** A page under construction: shapes and outlined text, written out as SVG. */
export class Sheet {
  private readonly parts: string[] = [];
  private readonly recorded: Piece[] = [];

  constructor(
    readonly width: number,
    readonly height: number,
  ) {}

  /** The sheet's pieces, for whoever writes them in another form than SVG. */
  get pieces(): readonly Piece[] {
    return this.recorded;
  }

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
    this.recorded.push({ kind: 'text', value, x: left, y, style, squeeze });
    return { x: left, y: y - style.size * ASCENT, width, height: style.size * (ASCENT + DESCENT) };
  }

  line(x1: number, y1: number, x2: number, y2: number, colour: string, width = 1.4): void {
    this.parts.push(`<path d="M${number(x1)} ${number(y1)}L${number(x2)} ${number(y2)}" stroke="${colour}" stroke-width="${width}"/>`);
    this.recorded.push({ kind: 'stroke', from: [x1, y1], to: [x2, y2], colour, width });
  }

  frame(box: Box, colour: string, width = 1.4): void {
    const { x, y } = box;
    const [right, bottom] = [x + box.width, y + box.height];
    const corners: [number, number][] = [[x, y], [right, y], [right, bottom], [x, bottom]]; // prettier-ignore
    for (const [index, from] of corners.entries()) {
      this.recorded.push({ kind: 'stroke', from, to: corners[(index + 1) % corners.length] ?? from, colour, width });
    }
    this.parts.push(
      `<rect x="${number(x)}" y="${number(y)}" width="${number(box.width)}" height="${number(box.height)}" fill="none" stroke="${colour}" stroke-width="${width}"/>`,
    );
  }

  /** Adds markup made elsewhere, such as a seal or a code. */
  add(markup: string): void {
    this.parts.push(markup);
    this.recorded.push({ kind: 'markup', markup });
  }

  /** The same drawing on paper that ends at `height`. */
  cutAt(height: number): Sheet {
    const cut = new Sheet(this.width, height);
    cut.parts.push(...this.parts);
    cut.recorded.push(...this.recorded);
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
