import { either, optional, sequence, type Shape } from './automaton';
import { digitOf, digits, mark } from './figures';

/** The numbers of a range as they may be printed. */
type Numbers = (from: number, to: number) => Shape;

/** A real day of 1900 to 2099: 2026-04-09, 2026/4/9, 2026.04.09, 2026年04月09日, 20260409. A day that never was has not this shape. */
export function date(): Shape {
  const separated = ['-', '/', '.'].map((sign) => dayOfYear(mark(sign), mark(sign), paddedOrNot));
  const inWords = sequence(dayOfYear(mark('年'), mark('月'), paddedOrNot), optional(mark('日')));
  return either(...separated, inWords, dayOfYear(sequence(), sequence(), padded));
}

function dayOfYear(afterYear: Shape, afterMonth: Shape, numbers: Numbers): Shape {
  const days = (months: number[], last: number) =>
    sequence(either(...months.map((each) => numbers(each, each))), afterMonth, numbers(1, last));
  const anyYear = either(days([1, 3, 5, 7, 8, 10, 12], 31), days([4, 6, 9, 11], 30), days([2], 28));
  const leapDay = sequence(numbers(2, 2), afterMonth, numbers(29, 29));
  return either(sequence(year(), afterYear, anyYear), sequence(leapYear(), afterYear, leapDay));
}

function year(): Shape {
  return sequence(century(), digits(2));
}

/** Every fourth year; of 1900 and 2000 only the second. */
function leapYear(): Shape {
  const fourths = range(1, 24).map((quarter) => number(String(4 * quarter).padStart(2, '0')));
  return either(sequence(century(), either(...fourths)), number('2000'));
}

function century(): Shape {
  return either(number('19'), number('20'));
}

/** With two digits. */
function padded(from: number, to: number): Shape {
  return either(...range(from, to).map((value) => number(String(value).padStart(2, '0'))));
}

/** With two digits, or with one where it is enough. */
function paddedOrNot(from: number, to: number): Shape {
  return either(padded(from, to), ...range(from, Math.min(to, 9)).map((value) => number(String(value))));
}

function number(figures: string): Shape {
  return sequence(...Array.from(figures, digitOf));
}

function range(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index);
}
