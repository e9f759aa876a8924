import type { TextPage } from '../opened-document';
import type { TextLine, TextLineChar } from '../text/text-line';
import type { PaintedPage } from './painted-page';
import { svgText } from './svg-text';

/** What stands beside one another on a page that a person can read is far less; more would only stall the browser that draws it. */
const MOST_RUNS = 20_000;

/** Part of a line's height that lies above the baseline, and of its letters, as Chinese fonts have it. */
const ASCENT = 0.84;
const LETTER_HEIGHT = 0.92;

/** Fonts that a clerk's machine has; the document's own are not here, which is why its text is drawn. */
const FONTS = "SimSun, 'Songti SC', 'Noto Serif CJK SC', 'Source Han Serif SC', serif";

/** Characters of a line that are seen and follow one another: where they begin and how far they reach, in pixels along the line. */
interface Run {
  text: string;
  start: number;
  length: number;
}

/**
 * The text that a file gives, each line at its place, as an SVG of our own: no script, no style, no reference. What the page does not show
 * is not drawn either.
 */
export function paintText({ width, height, lines }: TextPage): PaintedPage {
  const drawn = lines.flatMap(drawLine).slice(0, MOST_RUNS);
  const size = `width="${svgNumber(width)}" height="${svgNumber(height)}"`;
  const svg = [
    `<svg xmlns="http://www.w3.org/2000/svg" ${size} viewBox="0 0 ${svgNumber(width)} ${svgNumber(height)}">`,
    `<rect ${size} fill="#fff"/>`,
    `<g fill="#000" font-family="${FONTS}" xml:space="preserve">`,
    ...drawn,
    '</g></svg>',
  ];
  return { mediaType: 'image/svg+xml', bytes: Buffer.from(svg.join('\n'), 'utf8') };
}

function drawLine({ quad, chars }: TextLine): string[] {
  const [start, end, , below] = quad;
  if (!start || !end || !below) return [];
  const lineWidth = Math.hypot(end[0] - start[0], end[1] - start[1]);
  const lineHeight = Math.hypot(below[0] - start[0], below[1] - start[1]);
  const degrees = (Math.atan2(end[1] - start[1], end[0] - start[0]) * 180) / Math.PI;
  const place = `translate(${svgNumber(start[0])} ${svgNumber(start[1])}) rotate(${svgNumber(degrees)})`;
  return visibleRuns(chars, lineWidth).map(
    (run) =>
      `<text transform="${place}" x="${svgNumber(run.start)}" y="${svgNumber(lineHeight * ASCENT)}" ` +
      `font-size="${svgNumber(lineHeight * LETTER_HEIGHT)}" textLength="${svgNumber(run.length)}" lengthAdjust="spacingAndGlyphs">` +
      `${svgText(run.text)}</text>`,
  );
}

/** A run at an end of its line reaches to that end; within the line, characters of different widths only tell about where it ends. */
function visibleRuns(chars: readonly TextLineChar[], lineWidth: number): Run[] {
  const halfPitch = lineWidth / Math.max(1, chars.length) / 2;
  return runsOf(chars).flatMap((run) => {
    const [first, last] = [run[0], run.at(-1)];
    const text = run.map((char) => char.text).join('');
    if (!first || !last || text.trim() === '') return [];
    const start = first === chars[0] ? 0 : Math.max(0, first.x - halfPitch);
    const end = last === chars.at(-1) ? lineWidth : Math.min(lineWidth, last.x + halfPitch);
    return [{ text, start, length: Math.max(1, end - start) }];
  });
}

function runsOf(chars: readonly TextLineChar[]): TextLineChar[][] {
  const runs: TextLineChar[][] = [];
  for (const [at, char] of chars.entries()) {
    if (!char.isVisible) continue;
    if (at > 0 && chars[at - 1]?.isVisible === true) runs.at(-1)?.push(char);
    else runs.push([char]);
  }
  return runs;
}

/** Short, and a number whatever a hostile file made of its coordinates. */
function svgNumber(value: number): string {
  return Number.isFinite(value) ? String(Math.round(value * 100) / 100) : '0';
}
