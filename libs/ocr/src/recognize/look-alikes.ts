import type { LineChar } from '../page';

/** Letters that most faces draw like a digit. */
const DIGITS: Record<string, string> = { o: '0', O: '0', l: '1', I: '1' };

/** A digit that the recogniser gives at least this probability is taken: prose taught it that `l` and `o` are common, in a code they are not. */
const MIN_PROBABILITY = 0.05;

const ALPHANUMERIC = /^[0-9A-Za-z]$/u;
const HEXADECIMAL = /^[0-9A-Fa-f]$/u;

/**
 * Takes digits instead of letters that look alike, within words that are hexadecimal either way (4a1f70, never POS). The digit keeps its own low
 * probability and the letter comes first among its alternatives, so nothing is made surer than it was read.
 */
export function preferDigits(chars: readonly LineChar[]): LineChar[] {
  const preferred: LineChar[] = [];
  for (let start = 0; start < chars.length;) {
    let end = start;
    while (end < chars.length && ALPHANUMERIC.test(chars[end]?.text ?? '')) end++;
    const word = chars.slice(start, Math.max(end, start + 1));
    preferred.push(...(isCode(word) ? word.map(asDigit) : word));
    start += word.length;
  }
  return preferred;
}

function isCode(word: readonly LineChar[]): boolean {
  const others = word.filter(({ text }) => !(text in DIGITS));
  return others.length > 0 && others.every(({ text }) => HEXADECIMAL.test(text));
}

function asDigit(char: LineChar): LineChar {
  const digit = char.alternatives.find(({ text }) => text === DIGITS[char.text]);
  if (!digit || digit.confidence < MIN_PROBABILITY) return char;
  const { text, confidence } = char;
  return { ...char, ...digit, alternatives: [{ text, confidence }, ...char.alternatives.filter((other) => other !== digit)] };
}
