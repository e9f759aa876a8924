import { readFileSync } from 'node:fs';
import { parse, type Font } from 'opentype.js';
import sharp from 'sharp';
import type { PageImage } from '../src';

/** A line of print: its left end on the baseline, and the size of its em, in pixels. */
export interface Print {
  text: string;
  x: number;
  y: number;
  size?: number;
  colour?: string;
}

const FONT_FILE = '@fontsource/noto-sans-sc/files/noto-sans-sc-chinese-simplified-400-normal.woff';

let font: Font | undefined;

function loadFont(): Font {
  const bytes = readFileSync(require.resolve(FONT_FILE));
  return parse(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
}

/** The outlines of a line as SVG path data. */
export function outline({ text, x, y, size = 28 }: Print): string {
  font ??= loadFont();
  return font
    .getPath(text, x, y, size)
    .commands.map((command) => {
      if (command.type === 'Z') return 'Z';
      const control = command.type === 'Q' || command.type === 'C' ? [command.x1, command.y1] : [];
      const second = command.type === 'C' ? [command.x2, command.y2] : [];
      return command.type + [...control, ...second, command.x, command.y].map((value) => value.toFixed(2)).join(' ');
    })
    .join('');
}

/** A white page with lines of print, and whatever `overlay` (SVG) lays over them; `tilt` turns it clockwise, in degrees. */
export async function drawPage(
  width: number,
  height: number,
  lines: readonly Print[],
  { overlay = '', tilt = 0 }: { overlay?: string; tilt?: number } = {},
): Promise<PageImage> {
  const paths = lines.map((line) => `<path fill="${line.colour ?? '#000'}" d="${outline(line)}"/>`).join('');
  const turned = `<g transform="rotate(${tilt} ${width / 2} ${height / 2})">${paths}${overlay}</g>`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="100%" height="100%" fill="#fff"/>${turned}</svg>`;
  const { data, info } = await sharp(Buffer.from(svg)).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, rgb: data };
}
