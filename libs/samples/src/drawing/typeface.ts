import { readFileSync } from 'node:fs';
import { parse, type Font, type PathCommand } from 'opentype.js';

/** Outline of one character, for an em of `EM` units, with y growing downwards. */
export interface Outline {
  path: string;
  advance: number;
}

/** Units of the em square that outlines are given in. */
export const EM = 1000;

/** 宋体 for titles and tables, 黑体 for labels and values. */
export type FaceName = 'serif' | 'sans';

const FILES: Readonly<Record<FaceName, string>> = {
  serif: '@fontsource/noto-serif-sc/files/noto-serif-sc-chinese-simplified-400-normal.woff',
  sans: '@fontsource/noto-sans-sc/files/noto-sans-sc-chinese-simplified-400-normal.woff',
};

/** Where a face's font file is. */
export function fontFile(name: FaceName): string {
  return require.resolve(FILES[name]);
}

/** A font file turned into outlines, so that a picture needs no font of the system it is drawn on. */
export class Typeface {
  private readonly outlines = new Map<string, Outline>();

  private constructor(
    readonly name: FaceName,
    private readonly font: Font,
  ) {}

  private static readonly loaded = new Map<FaceName, Typeface>();

  /** Parsed once a process: about 0.1 s a face. */
  static named(name: FaceName): Typeface {
    let face = Typeface.loaded.get(name);
    if (!face) {
      const bytes = readFileSync(fontFile(name));
      face = new Typeface(name, parse(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength)));
      Typeface.loaded.set(name, face);
    }
    return face;
  }

  /** Fails on a character the font does not have: a picture with a placeholder box would be a false sample. */
  outline(character: string): Outline {
    const known = this.outlines.get(character);
    if (known) return known;
    const glyph = this.font.charToGlyph(character);
    if (glyph.index === 0) throw new MissingGlyphError(`the ${this.name} face has no character ${JSON.stringify(character)}`);
    const outline = {
      path: pathData(glyph.getPath(0, 0, EM).commands),
      advance: ((glyph.advanceWidth ?? EM) * EM) / this.font.unitsPerEm,
    };
    this.outlines.set(character, outline);
    return outline;
  }

  /** Width in the units of `size`. */
  width(text: string, size: number, spacing = 0): number {
    const characters = Array.from(text);
    const natural = characters.reduce((sum, character) => sum + this.outline(character).advance, 0);
    return (natural * size) / EM + Math.max(0, characters.length - 1) * spacing;
  }
}

/** Whole units are fine enough. Written here because opentype.js's own writer drops contours of some characters (筹, 演, 验 among them). */
function pathData(commands: readonly PathCommand[]): string {
  return commands
    .map((command) => {
      switch (command.type) {
        case 'M':
        case 'L':
          return `${command.type}${points(command.x, command.y)}`;
        case 'Q':
          return `Q${points(command.x1, command.y1, command.x, command.y)}`;
        case 'C':
          return `C${points(command.x1, command.y1, command.x2, command.y2, command.x, command.y)}`;
        case 'Z':
          return 'Z';
      }
    })
    .join('');
}

function points(...values: number[]): string {
  return values.map((value) => String(Math.round(value))).join(' ');
}

/** A sample asks for a character that the bundled fonts do not hold. */
export class MissingGlyphError extends Error {
  override readonly name = 'MissingGlyphError';
}
