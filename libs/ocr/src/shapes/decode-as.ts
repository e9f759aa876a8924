import { automatonOf, type Shape } from './automaton';
import { fits } from './fits';
import { readSign, type ReadChar, type ReadSign } from './read-sign';
import { bestPaths, type DecodedSign, type Path } from './search';

/** A text that has a shape, and what was read. */
export interface Decoded {
  text: string;
  /** As the recogniser read it. */
  raw: string;
  /** Probability of the least certain character, white space left out, 0 to 1; 1 for no characters. */
  confidence: number;
  /** Probability of this text over that of the raw one, 0 to 1: 1 when nothing was changed. */
  plausibility: number;
  /** Which of the characters given are another in `text`, in order; empty when the raw text has the shape. */
  changed: number[];
  /** One for each character given; their texts make up `text`. */
  signs: DecodedSign[];
}

/** Another text that fits must be so many times less probable, or neither is taken: less than one slip lies between them. */
const CLEARLY = 10;

/**
 * The most probable text that has a shape, given what the recogniser read and what else it considered. A text that fits already stays as
 * it is; a sign that carries a value is never exchanged, added or dropped. Null when nothing fits, or two texts fit about equally well.
 */
export function decodeAs(chars: readonly ReadChar[], shape: Shape): Decoded | null {
  const raw = chars.map(({ text }) => text).join('');
  const read = chars.map(readSign);
  if (fits(raw, shape)) return decoded(read, read, 1);
  const { start, alphabet } = automatonOf(shape);
  const printed = read.filter(({ sign }) => sign !== '');
  const mostChanges = shape.mostChanges(printed.length);
  // Most lines of a page are of none of the shapes asked for, and told here from their characters alone.
  if (printed.filter(({ sign }) => !alphabet.has(sign)).length > mostChanges) return null;
  const [best, ...others] = bestPaths(read, start, mostChanges);
  if (!best || others.some(({ text, probability }) => text !== best.text && probability * CLEARLY > best.probability)) return null;
  const asRead = read.reduce((product, { confidence }) => product * confidence, 1);
  return decoded(read, signsOf(best), asRead === 0 ? 0 : best.probability / asRead);
}

function signsOf(path: Path): DecodedSign[] {
  const signs: DecodedSign[] = [];
  for (let at: Path | null = path; at?.last; at = at.before) signs.unshift(at.last);
  return signs;
}

function decoded(read: readonly ReadSign[], signs: readonly DecodedSign[], plausibility: number): Decoded {
  return {
    text: signs.map(({ text }) => text).join(''),
    raw: read.map(({ text }) => text).join(''),
    confidence: Math.min(1, ...signs.flatMap(({ confidence }, index) => (read[index]?.sign === '' ? [] : [confidence]))),
    plausibility,
    changed: signs.flatMap(({ text }, index) => (text === read[index]?.text ? [] : [index])),
    signs: signs.map(({ text, confidence }) => ({ text, confidence })),
  };
}
