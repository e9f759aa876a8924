import type { CharacterDoubt, FieldReading } from '@app/contracts';

/** A character of a text that may be another one; `index` counts code points from 0. */
export interface ShownDoubt extends CharacterDoubt {
  readonly character: string;
}

/**
 * The doubtful characters of a text that began as the reading of `field`. None once characters were added or taken away: nobody can tell
 * any more which one is which.
 */
export function doubtsIn(text: string, field: FieldReading | undefined): ShownDoubt[] {
  if (!field) return [];
  const characters = Array.from(text);
  if (characters.length !== Array.from(field.value).length) return [];
  return field.doubts.flatMap((doubt) => {
    const character = characters[doubt.index];
    return character === undefined ? [] : [{ ...doubt, character, alternatives: others(field, doubt, character) }];
  });
}

/** The text with one character replaced. */
export function withCharacter(text: string, index: number, character: string): string {
  return Array.from(text, (before, at) => (at === index ? character : before)).join('');
}

/** What may be taken instead of what stands there: after a choice, what was read is among it. */
function others(field: FieldReading, doubt: CharacterDoubt, character: string): CharacterDoubt['alternatives'] {
  const read = Array.from(field.value)[doubt.index] ?? '';
  const offered = read === character ? doubt.alternatives : [{ text: read, confidence: field.confidence }, ...doubt.alternatives];
  return offered.filter(({ text }) => text !== character);
}
