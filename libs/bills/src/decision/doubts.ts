import type { FieldName, FieldReading } from '@app/contracts';
import type { Candidate } from '../fields/candidate';
import type { Glyph } from '../layout/rows';
import { RIVAL, SURE } from './judge-element';

/** More readings of one character than this help nobody. */
const MOST_ALTERNATIVES = 4;

/** Signs that stand in a value's print and not in the value, or the other way round. */
const SIGN = /[\p{L}\p{N}*]/u;

/** Fields that are figures, where a letter is no possible reading. */
const FIGURES: ReadonlySet<FieldName> = new Set(['billCode', 'billNumber', 'issueDate', 'totalAmount']);

/**
 * The characters of a value that a person should look at, and what else each may be, likeliest first. `index` counts the characters of the value.
 * Empty where the value has other signs than its print, as a date with a zero put before its month: nothing can be pointed at there.
 */
export function doubtsOf({ field, value, glyphs }: Candidate): FieldReading['doubts'] {
  const places = Array.from(value).flatMap((char, index) => (SIGN.test(char) ? [{ char, index }] : []));
  const printed = glyphs.filter(({ folded }) => SIGN.test(folded) && !isUnit(field, folded));
  if (places.length !== printed.length) return [];
  return places.flatMap(({ char, index }, i) => {
    const glyph = printed[i];
    const alternatives = glyph ? alternativesTo(field, char, glyph) : [];
    const isUnsure = glyph !== undefined && (glyph.confidence < SURE || glyph.folded !== char);
    return isUnsure || alternatives.length > 0 ? [{ index, alternatives }] : [];
  });
}

/** 年, 月, 日 and 元 stand in the print of figures and not in their value. */
function isUnit(field: FieldName, folded: string): boolean {
  return FIGURES.has(field) && /[年月日元]/u.test(folded);
}

/** A character that was repaired was read as another, which is its first alternative. */
function alternativesTo(field: FieldName, char: string, glyph: Glyph): FieldReading['doubts'][number]['alternatives'] {
  const read = { text: glyph.folded, confidence: glyph.confidence };
  const others = glyph.alternatives.filter(({ text, confidence }) => confidence >= RIVAL && isPossible(field, text));
  return [read, ...others]
    .filter(({ text }) => text !== char)
    .sort((a, b) => b.confidence - a.confidence)
    .slice(0, MOST_ALTERNATIVES)
    .map(({ text, confidence }) => ({ text, confidence: round(confidence) }));
}

function isPossible(field: FieldName, text: string): boolean {
  if (FIGURES.has(field)) return /^\d$/u.test(text);
  return field === 'checkCode' ? /^[0-9A-Za-z]$/u.test(text) : SIGN.test(text);
}

function round(confidence: number): number {
  return Math.round(confidence * 10_000) / 10_000;
}
