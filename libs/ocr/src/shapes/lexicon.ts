import { either, literal, sequence, withMostChanges, type Shape } from './automaton';
import { anyMisread, seenAtAll } from './belief';
import { foldSign } from './fold-sign';

/** One misread character in four still names an entry, if no other entry is as near. */
const CHARS_PER_CHANGE = 4;

/** How much of a closed set's entry may be misread. */
export interface LexiconOptions {
  /** Any character may be misread, lost or read twice, at a cost: for entries that are long and far apart, such as titles. */
  slips?: boolean;
}

/** One of a closed set of texts; a misread character is taken for an entry's where the recogniser considered that one too. */
export function lexicon(entries: readonly string[], options: LexiconOptions = {}): Shape {
  return lexicons([entries], options);
}

/** One entry of each set in turn, such as province, kind and suffix of a title; an empty entry lets its set be missing. */
export function lexicons(sets: readonly (readonly string[])[], { slips = false }: LexiconOptions = {}): Shape {
  const belief = slips ? anyMisread : seenAtAll;
  const parts = sets.map((entries) => either(...foldedSet(entries).map((text) => literal(text, belief, slips))));
  return withMostChanges(sequence(...parts), (length) => Math.floor(length / CHARS_PER_CHANGE));
}

function foldedSet(entries: readonly string[]): string[] {
  return [...new Set(entries.map((entry) => Array.from(entry, foldSign).join('')))];
}
