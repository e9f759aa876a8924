import type { Box, Matrix } from './geometry';

/** Larger numbers are none of a page, whose units are millimetres, and lose themselves in what is computed from them. */
const LARGEST = 1_000_000;

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/u;

/** A number; null for anything else, and for what is absurdly large. */
export function readNumber(text: string | undefined): number | null {
  const trimmed = text?.trim() ?? '';
  if (!NUMBER.test(trimmed)) return null;
  const value = Number(trimmed);
  return Math.abs(value) <= LARGEST ? value : null;
}

/** Numbers with blanks between; null where one of them is none. */
export function readNumbers(text: string | undefined): number[] | null {
  const numbers: number[] = [];
  for (const token of tokensOf(text ?? '')) {
    const value = readNumber(token);
    if (value === null) return null;
    numbers.push(value);
  }
  return numbers;
}

/** `x y width height`; null where it is none, or has no extent. */
export function readBox(text: string | undefined): Box | null {
  const numbers = readNumbers(text);
  if (numbers?.length !== 4) return null;
  const [x = 0, y = 0, width = 0, height = 0] = numbers;
  return width > 0 && height > 0 ? { x, y, width, height } : null;
}

/** `a b c d e f`; null where it is none. */
export function readMatrix(text: string | undefined): Matrix | null {
  const numbers = readNumbers(text);
  if (numbers?.length !== 6) return null;
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = numbers;
  return [a, b, c, d, e, f];
}

/**
 * The steps between characters: numbers, or `g n v` for n times v. No more than `most` of them; null where there are none or they are
 * malformed.
 */
export function readSteps(text: string | undefined, most: number): number[] | null {
  const tokens = tokensOf(text ?? '');
  const steps: number[] = [];
  for (let at = 0; at < tokens.length && steps.length < most;) {
    const isRepeated = tokens[at] === 'g';
    const count = isRepeated ? readNumber(tokens[at + 1]) : 1;
    const value = readNumber(tokens[isRepeated ? at + 2 : at]);
    if (count === null || value === null) return null;
    for (let i = 0; i < count && steps.length < most; i += 1) steps.push(value);
    at += isRepeated ? 3 : 1;
  }
  return steps.length > 0 ? steps : null;
}

function tokensOf(text: string): string[] {
  return text.split(/[\s,]+/u).filter((token) => token !== '');
}
