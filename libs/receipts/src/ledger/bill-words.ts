import { createHash } from 'node:crypto';
import type { BillSecretWords, ItemText } from './bill-secret-words';

/** What a text of a bill is. Payees are searched alone, too. */
export type TextField = 'payee' | 'text';

/** A text that many bills share, with the number it is found by. */
export interface SharedText {
  field: TextField;
  term: string;
  text: string;
}

/** What a bill is found by. Item names, and words of file names and vouchers, are told as numbers under the tenant's key. */
export interface BillWords {
  shared: SharedText[];
  items: readonly ItemText[];
  /** Numbers of the shared texts, of the items and of the words of names, each once. */
  terms: string[];
  /** The shared texts, a line each, the payee's first though it be empty: what a search compares with. */
  texts: string;
  itemTerms: string[];
  nameTerms: string[];
}

/** A word of a search: letters and digits of one script, `isChinese` when it is written without spaces. */
export interface SearchWord {
  text: string;
  isChinese: boolean;
}

const MAX_TEXT_LENGTH = 100;
const MAX_TEXTS = 32;
const MAX_NAME_TERMS = 24;
/** Of all its names together, and of all its items. */
export const MOST_TERMS = { names: 96, items: 64 } as const;
const MAX_SEARCH_WORDS = 8;
const RUN = /\p{Script=Han}+|(?:(?!\p{Script=Han})[\p{L}\p{N}])+/gu;

/** The words of one bill: payee and titles, which may be read, and what may not. */
export function billWords(given: { payee: string | null; titles: readonly (string | null)[]; secret: BillSecretWords }): BillWords {
  const payee = shownText(given.payee);
  const titles = [...new Set(given.titles.map(shownText))].filter((text) => text !== '').slice(0, MAX_TEXTS);
  const shared = [...(payee === '' ? [] : [sharedText('payee', payee)]), ...titles.map((text) => sharedText('text', text))];
  const { items, names } = given.secret;
  const itemTerms = items.map(({ term }) => term);
  const terms = [...new Set([...shared.map(({ term }) => term), ...itemTerms, ...names])];
  return { shared, items, terms, texts: [payee, ...titles].join('\n'), itemTerms, nameTerms: [...names] };
}

/** A text as it is compared: normalised, of bounded length. */
export function shownText(raw: string | null): string {
  return Array.from(normalised(raw ?? ''))
    .slice(0, MAX_TEXT_LENGTH)
    .join('');
}

function sharedText(field: TextField, text: string): SharedText {
  return { field, term: termOf(field, text), text };
}

/** The pieces of names that no other bill has: whole words by themselves, Chinese by each two characters. What is too much is left out. */
export function namePieces(names: readonly string[]): string[] {
  const pieces = new Set<string>();
  for (const { text } of names.flatMap(searchWords)) {
    const own = piecesOf(text);
    if (pieces.size + own.length > MAX_NAME_TERMS) continue;
    own.forEach((piece) => pieces.add(piece));
  }
  return [...pieces];
}

/** All terms of a bill, further ones as long as there is room. */
export function joinedTerms(before: readonly string[], further: readonly string[], most: number): string[] {
  const joined = [...new Set([...before, ...further])];
  return joined.length > most ? [...before] : joined;
}

/** The words that a person typed, or that a name is made of. */
export function searchWords(text: string): SearchWord[] {
  const runs = [...normalised(text).matchAll(RUN)].map(([run]) => run);
  return [...new Set(runs)].slice(0, MAX_SEARCH_WORDS).map((run) => ({ text: run, isChinese: isChinese(run) }));
}

/** Full-width letters become plain, capitals small, spaces one: what a person would call the same text. */
export function normalised(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .toWellFormed()
    .trim();
}

function isChinese(run: string): boolean {
  return /^\p{Script=Han}/u.test(run);
}

/** A word whole, in Chinese as each two characters that stand together. */
export function piecesOf(word: string): string[] {
  const characters = Array.from(word);
  if (!isChinese(word) || characters.length === 1) return [word];
  return characters.slice(1).map((character, at) => `${characters[at] ?? ''}${character}`);
}

/** 64 bits of a hash, as the signed decimal that PostgreSQL's bigint takes. Two texts of a tenant that share one would be found together. */
export function termOf(field: TextField, text: string): string {
  return createHash('sha256').update(`${field}:${text}`).digest().readBigInt64BE(0).toString();
}
