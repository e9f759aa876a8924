import { oneOf, repeated, type Shape } from './automaton';
import { seenLookAlike } from './belief';
import { DRAWN_LIKE_DIGITS } from './look-alikes';

/**
 * A check code of hexadecimal signs in which a digit may have been read as the letter that is drawn like it. Check codes are
 * alphanumeric: most of those seen are hexadecimal, and five of six signs would be so by chance in 2 % of codes. So a digit is taken
 * only where every other sign is hexadecimal and the recogniser itself considered it. A code with other letters has not this shape and
 * stays as it was read. It is a proposal: the digit keeps its own probability.
 */
export function hexadecimalCode(length: number): Shape {
  return repeated(oneOf('0123456789abcdefABCDEF', seenLookAlike(DRAWN_LIKE_DIGITS)), length);
}
