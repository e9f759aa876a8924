import type { Glyph } from '../layout/rows';

/** Letters that most faces draw like a digit. */
const DIGITS: Readonly<Record<string, string>> = { o: '0', O: '0', l: '1', I: '1' };

/** A digit that the recogniser gives at least this probability is taken: prose taught it that `l` and `o` are common, in a code they are not. */
const MIN_PROBABILITY = 0.05;

/** A text with the digits that were taken for letters, and the probability of its least certain character. */
export interface WithDigits {
  text: string;
  confidence: number;
}

/**
 * Takes digits instead of letters that look alike, where every other character is hexadecimal: most check codes seen are, and among 36
 * signs five would be so by chance in 2 % of codes. It is a proposal for a person, never a certainty: the digit keeps its own
 * probability and the caller marks the value as repaired. Null when there is nothing to take.
 */
export function withLookAlikeDigits(glyphs: readonly Glyph[]): WithDigits | null {
  const others = glyphs.filter(({ folded }) => !(folded in DIGITS));
  if (others.length === 0 || !others.every(({ folded }) => /^[0-9A-Fa-f]$/u.test(folded))) return null;
  const chars = glyphs.map(asDigit);
  const text = chars.map((char) => char.text).join('');
  const isSame = chars.every((char, index) => char.text === glyphs[index]?.folded);
  return isSame ? null : { text, confidence: Math.min(...chars.map(({ confidence }) => confidence)) };
}

function asDigit({ folded, confidence, alternatives }: Glyph): WithDigits {
  const digit = alternatives.find(({ text }) => text === DIGITS[folded]);
  return digit && digit.confidence >= MIN_PROBABILITY ? { text: digit.text, confidence: digit.confidence } : { text: folded, confidence };
}
