import type { LineChar } from '../page';
import { foldSign } from './fold-sign';

/** A character as read, with its alternatives: what decoding needs of a line's. */
export type ReadChar = Pick<LineChar, 'text' | 'confidence' | 'alternatives'>;

/** A character folded for matching, and the probability of everything it may be; twins of other width are added up. */
export interface ReadSign {
  text: string;
  sign: string;
  confidence: number;
  seen: ReadonlyMap<string, number>;
}

export function readSign({ text, confidence, alternatives }: ReadChar): ReadSign {
  const sign = foldSign(text);
  const seen = new Map<string, number>();
  for (const other of alternatives) {
    const folded = foldSign(other.text);
    seen.set(folded, (seen.get(folded) ?? 0) + other.confidence);
  }
  return { text, sign, confidence: Math.min(1, confidence + (seen.get(sign) ?? 0)), seen };
}
