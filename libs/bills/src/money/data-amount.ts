import { parseAmount } from './amount';

/** Longer than any amount with its separators. */
const LONGEST = 40;

/**
 * Integer 分 of an amount written in data: `486.20`, and also `486.2`, `486` and `486.2000`, since no decimal point gets lost there as it
 * does in print. Null when it has parts of a 分 or is no amount.
 */
export function parseDataAmount(text: string): bigint | null {
  const match = text.length > LONGEST ? null : /^([^.]+)(?:\.(\d{1,2})0*)?$/u.exec(text);
  return match ? parseAmount(`${match[1] ?? ''}.${(match[2] ?? '').padEnd(2, '0')}`) : null;
}
