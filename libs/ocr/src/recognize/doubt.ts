import type { LineChar } from '../page';

/** A character of at least this probability needs no second look. */
const SURE = 0.9;

/**
 * Whether another look at a character could tell more. A space and the width of a bracket or colon are what most doubts are about, in one
 * line of four; nothing is hidden there, and on receipts four of five second readings were made for them.
 */
export function isDoubtful({ text, confidence, alternatives }: LineChar): boolean {
  if (text.trim() === '') return false;
  const same = alternatives.filter((other) => other.text.normalize('NFKC') === text.normalize('NFKC'));
  return confidence + same.reduce((sum, other) => sum + other.confidence, 0) < SURE;
}
