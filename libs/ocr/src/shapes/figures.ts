import { either, literal, many, oneOf, repeated, sequence, type Shape } from './automaton';
import { seenOrLookAlike } from './belief';
import { DIGIT_LOOK_ALIKES } from './look-alikes';

const FIGURE = seenOrLookAlike(DIGIT_LOOK_ALIKES);

/** One of some digits, or a letter that was read for one of them. */
export function digitOf(digits: string): Shape {
  return oneOf(digits, FIGURE);
}

/** A mark between figures: another mark was read only where the recogniser considered this one. */
export function mark(sign: string): Shape {
  return literal(sign, FIGURE);
}

/** So many digits, such as a bill code or number: what is no digit in it was misread. */
export function digits(length: number): Shape {
  return repeated(digitOf('0123456789'), length);
}

/** An amount with two decimals, thousands separated by commas or not: `486.20`, `12,107.86`. Currency signs are no part of it. */
export function money(): Shape {
  const digit = digitOf('0123456789');
  const separated = sequence(repeated(digit, 1, 3), many(sequence(mark(','), repeated(digit, 3))));
  // Twelve figures before the point: 999 milliard 元 are more than any bill holds.
  return sequence(either(separated, repeated(digit, 1, 12)), mark('.'), digits(2));
}
