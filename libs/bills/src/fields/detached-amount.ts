import { parseAmount } from '../money/amount';
import { parseAmountInWords } from '../money/amount-in-words';
import { candidate, type Candidate } from './candidate';
import { boxSpans, type LabelledRow } from './find-values';
import { SHAPES } from './shapes';

/**
 * The amount in figures of a bill whose 小写 has lost its value: the figures outside the table of items that equal the amount in words.
 * Null when 小写 has a value of its own, or the words cannot be read.
 */
export function findDetachedAmount(found: Candidate[], rows: LabelledRow[]): Candidate | null {
  if (found.some((value) => value.field === 'totalAmount' && value.wellFormed)) return null;
  const words = found.find((value) => value.field === 'totalAmountInWords' && value.wellFormed);
  const fen = words ? parseAmountInWords(words.value) : null;
  if (fen === null) return null;
  const start = rows.findIndex(({ labels }) => labels.some(({ label }) => label.role === 'totalAmountInWords'));
  for (const { row } of rows.slice(start)) {
    for (const span of boxSpans(row)) {
      const shaped = SHAPES.totalAmount(span);
      if (shaped && parseAmount(shaped.value) === fen) return candidate('totalAmount', shaped, true);
    }
  }
  return null;
}
