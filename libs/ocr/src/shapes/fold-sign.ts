/** Stands for a character that has no single-unit form; it matches nothing. */
const UNMATCHABLE = '\uFFFD';

const DASHES = /[\u2010-\u2015\u2212\u2500\u30FC]/u;

const BRACKETS = new Map([
  ...Array.from('【〔[{〈《', (bracket) => [bracket, '('] as const),
  ...Array.from('】〕]}〉》', (bracket) => [bracket, ')'] as const),
]);

/**
 * Folds one character to the single UTF-16 unit that labels and values are matched with: half width, plain dash, round bracket.
 * White space folds to the empty string; a character without a one-unit form to U+FFFD, so that indexes stay aligned.
 */
export function foldSign(char: string): string {
  if (/^\s*$/u.test(char)) return '';
  if (DASHES.test(char)) return '-';
  const folded = char.normalize('NFKC');
  return folded.length === 1 ? (BRACKETS.get(folded) ?? folded) : UNMATCHABLE;
}
