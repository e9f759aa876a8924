import { createHash } from 'node:crypto';

/** What a text of a bill is. Payees are searched alone, too. */
export type TextField = 'payee' | 'text';

/** A text that many bills share, with the number it is found by. */
export interface SharedText {
  field: TextField;
  term: string;
  text: string;
}

/** What a bill is found by. */
export interface BillWords {
  shared: SharedText[];
  /** Numbers of the shared texts and of the words of file names and vouchers, each once. */
  terms: string[];
  /** The shared texts, a line each, the payee's first though it be empty: what a search compares with. */
  texts: string;
  /** Words of file names and vouchers, a space on either side of each. */
  fileWords: string;
}

/** A word of a search: letters and digits of one script, `isChinese` when it is written without spaces. */
export interface SearchWord {
  text: string;
  isChinese: boolean;
}

const MAX_TEXT_LENGTH = 100;
const MAX_TEXTS = 32;
const MAX_NAME_TERMS = 24;
const MAX_FILE_WORDS_LENGTH = 500;
const MAX_SEARCH_WORDS = 8;
const RUN = /\p{Script=Han}+|(?:(?!\p{Script=Han})[\p{L}\p{N}])+/gu;

/** The words of one bill. `names` are what is no shared text: file names without their endings, and vouchers. */
export function billWords(given: { payee: string | null; others: readonly (string | null)[]; names: readonly string[] }): BillWords {
  const payee = shownText(given.payee);
  const others = [...new Set(given.others.map(shownText))].filter((text) => text !== '').slice(0, MAX_TEXTS);
  const shared = [...(payee === '' ? [] : [sharedText('payee', payee)]), ...others.map((text) => sharedText('text', text))];
  const { fileWords, terms } = nameWords(given.names);
  return { shared, terms: [...shared.map(({ term }) => term), ...terms], texts: [payee, ...others].join('\n'), fileWords };
}

function shownText(raw: string | null): string {
  return Array.from(normalised(raw ?? ''))
    .slice(0, MAX_TEXT_LENGTH)
    .join('');
}

function sharedText(field: TextField, text: string): SharedText {
  return { field, term: termOf(field, text), text };
}

/** The words of names that no other bill has: whole words by themselves, Chinese by each two characters. What is too much is left out. */
function nameWords(names: readonly string[]): { fileWords: string; terms: string[] } {
  const words: string[] = [];
  const pieces = new Set<string>();
  for (const { text } of names.flatMap(searchWords)) {
    const own = piecesOf(text);
    if (words.includes(text) || pieces.size + own.length > MAX_NAME_TERMS) continue;
    words.push(text);
    own.forEach((piece) => pieces.add(piece));
  }
  return { fileWords: words.length === 0 ? '' : ` ${words.join(' ')} `, terms: [...pieces].map((piece) => termOf('name', piece)) };
}

/** The words of all names of a bill, those of further ones as long as there is room. */
export function joinedWords(before: string, further: string): string {
  const words = [...new Set(`${before}${further}`.split(' '))].filter((word) => word !== '');
  const joined = words.length === 0 ? '' : ` ${words.join(' ')} `;
  return joined.length > MAX_FILE_WORDS_LENGTH ? before : joined;
}

/** The number that a word of a search has among the terms of names: that of the word itself, in Chinese of its first two characters. */
export function nameTerm({ text }: SearchWord): string {
  return termOf('name', piecesOf(text)[0] ?? text);
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

function piecesOf(word: string): string[] {
  const characters = Array.from(word);
  if (!isChinese(word) || characters.length === 1) return [word];
  return characters.slice(1).map((character, at) => `${characters[at] ?? ''}${character}`);
}

/** 64 bits of a hash, as the signed decimal that PostgreSQL's bigint takes. Two texts of a tenant that share one would be found together. */
export function termOf(field: TextField | 'name', text: string): string {
  return createHash('sha256').update(`${field}:${text}`).digest().readBigInt64BE(0).toString();
}
