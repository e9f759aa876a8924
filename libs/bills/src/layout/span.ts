import type { Quad } from '@app/contracts';
import { quadPart } from './placed-line';
import type { Glyph, Row } from './rows';

/** A run of glyphs in one row: from `start` up to, not including, `end`. */
export interface Span {
  row: Row;
  start: number;
  end: number;
}

/** The glyphs of a span. */
export function glyphsOf(span: Span): Glyph[] {
  return span.row.glyphs.slice(span.start, span.end);
}

/** The span's text folded for values: half width, without spaces. */
export function foldedOf(span: Span): string {
  return glyphsOf(span)
    .map((glyph) => glyph.folded)
    .join('');
}

/** The span's text as printed; a space is kept where the recogniser saw one or where two boxes meet. */
export function printedOf(span: Span): string {
  return glyphsOf(span)
    .map((glyph, i) => (i > 0 && (glyph.spaced || glyph.startsBox) ? ` ${glyph.text}` : glyph.text))
    .join('');
}

/** The span's text for a name: spaces survive only between Latin letters or digits. */
export function nameOf(span: Span): string {
  return printedOf(span).replace(/(?<![\p{Script=Latin}\d.,]) | (?![\p{Script=Latin}\d])/gu, '');
}

/** The lowest confidence of the span's characters; 0 for none. */
export function confidenceOf(span: Span): number {
  const glyphs = glyphsOf(span);
  return glyphs.length === 0 ? 0 : Math.min(...glyphs.map((glyph) => glyph.confidence));
}

/** The span's outline: from its first character to its last, across boxes if need be. */
export function quadOf(span: Span): Quad | null {
  const glyphs = glyphsOf(span);
  const [first, last] = [glyphs[0], glyphs.at(-1)];
  if (!first || !last) return null;
  const start = quadPart(
    first.placed,
    first.x - halfPitch(first),
    first.placed === last.placed ? last.x + halfPitch(last) : first.placed.width,
  );
  if (first.placed === last.placed) return start;
  const end = quadPart(last.placed, 0, last.x + halfPitch(last));
  return [0, 1, 2, 3].map((i) => (i === 0 || i === 3 ? start : end)[i] ?? [0, 0]);
}

/** Where the span begins and ends, in pixels of the page. */
export function extentOf(span: Span): { left: number; right: number } {
  const quad = quadOf(span) ?? [];
  const xs = quad.map((point) => point[0] ?? 0);
  return { left: Math.min(...xs), right: Math.max(...xs) };
}

/** Drops glyphs from both ends while they match, such as colons and dots around a value. */
export function trimSpan(span: Span, pattern: RegExp): Span {
  let { start, end } = span;
  while (start < end && pattern.test(span.row.glyphs[start]?.folded ?? '')) start += 1;
  while (end > start && pattern.test(span.row.glyphs[end - 1]?.folded ?? '')) end -= 1;
  return { row: span.row, start, end };
}

function halfPitch(glyph: Glyph): number {
  return glyph.placed.width / Math.max(1, glyph.placed.line.chars.length) / 2;
}
