import type { LineChar, TextLine } from '../page';
import { decodeAs, type Decoded } from './decode-as';
import { foldSign } from './fold-sign';
import type { ShapeIndex } from './known-shapes';
import { labelledValues } from './label-places';

/** A label with its colon is shorter than this; the longest known one has 15 characters. */
const LONGEST_HEAD = 20;

/** The shortest label that may be misread: two characters with one wrong are anything. */
const SHORTEST_HEAD = 3;

/**
 * A line with the text that known shapes prefer: for a whole line of such a shape, for a misread label at its head, and for the values
 * after its labels. `raw` and the characters stay as read; those taken for others say so in `preferred`. Everything else, and whatever
 * has its shape already, is left alone.
 */
export function preferKnown(line: Omit<TextLine, 'raw'>, shapes: ShapeIndex): TextLine {
  const chars = preferredChars(line.chars, shapes);
  return { ...line, text: chars.map(({ text, preferred }) => preferred?.text ?? text).join(''), raw: line.text, chars };
}

function preferredChars(chars: readonly LineChar[], shapes: ShapeIndex): LineChar[] {
  for (const shape of shapes.lines) {
    const whole = decodeAs(chars, shape);
    if (whole) return applied(chars, whole, 0);
  }
  return withValues(withLabel(chars, shapes), shapes);
}

/** The misread label that the line begins with: what stands before its first colon, or up to its first closing bracket. */
function withLabel(chars: readonly LineChar[], { anyLabel }: ShapeIndex): LineChar[] {
  const signs = chars.map(({ text }) => foldSign(text));
  const end = signs.slice(0, LONGEST_HEAD).findIndex((sign) => /[:;)]/u.test(sign));
  const head = chars.slice(0, signs[end] === ')' ? end + 1 : Math.max(0, end));
  const label = head.length < SHORTEST_HEAD ? null : decodeAs(head, anyLabel);
  return label ? applied(chars, label, 0) : [...chars];
}

function withValues(chars: readonly LineChar[], { labels }: ShapeIndex): LineChar[] {
  const printed = chars.flatMap((char, index) => {
    const sign = foldSign(char.preferred?.text ?? char.text);
    return sign === '' ? [] : [{ index, sign }];
  });
  let result = [...chars];
  for (const { label, start, end } of labelledValues(
    printed.map(({ sign }) => sign),
    labels,
  )) {
    const [first, last] = [printed[start], printed[end - 1]];
    if (!label.shape || start >= end || !first || !last) continue;
    const value = decodeAs(chars.slice(first.index, last.index + 1), label.shape);
    if (value) result = applied(result, value, first.index);
  }
  return result;
}

/** The characters with what a decoding of those from `start` prefers. */
function applied(chars: readonly LineChar[], { signs, changed }: Decoded, start: number): LineChar[] {
  const preferred = new Map(changed.map((index) => [start + index, signs[index]]));
  return chars.map((char, index) => ({ ...char, ...(preferred.has(index) && { preferred: preferred.get(index) }) }));
}
