import { readMetadata } from '../onnx/onnx-model';

/** The recogniser's classes: blank first, the characters as they stand, the space last. Entries may be two UTF-16 units long. */
export function classTable(characters: readonly string[]): string[] {
  return ['', ...characters, ' '];
}

/**
 * Splits a dictionary at line feeds and nothing else: U+3000 is a class of its own, and one entry trimmed or filtered shifts all later ones.
 */
export function parseDictionary(text: string): string[] {
  const characters = text.split('\n');
  const empty = characters.indexOf('');
  if (empty >= 0) throw new RangeError(`dictionary entry ${empty} is empty`);
  return characters;
}

/** The class table of a recogniser: from its own metadata, else from the dictionary file beside it. */
export function readClassTable(recognizer: Uint8Array, dictionary: Uint8Array | undefined): string[] {
  const text = readMetadata(recognizer).get('character') ?? (dictionary && new TextDecoder('utf-8', { fatal: true }).decode(dictionary));
  if (text === undefined) throw new RangeError('the recogniser carries no dictionary and none lies beside it');
  return classTable(parseDictionary(text));
}
