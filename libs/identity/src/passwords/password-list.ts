import { createReadStream } from 'node:fs';
import { DigestSet, keptDigest, type ListDigest } from './digest-set';
import { readingsOf } from './password-readings';

/** 20 million entries are 160 MB: all that have ever been seen in breaches more than a few dozen times. */
const MOST_ENTRIES = 20_000_000;
const MAX_LINE_LENGTH = 512;
const DIGEST_LENGTHS: Readonly<Record<number, ListDigest>> = { 40: 'sha1', 64: 'sha256' };
/** A digest as a line of its own, with the count of sightings that published lists add; or a beginning of it, with its kind before it. */
const DIGEST_LINE = /^(?:(sha1|sha256):)?([0-9a-f]{16,64})(?::\d{1,12})?$/i;

/** The operator's list cannot be used. Says where, never what stands there. */
export class PasswordListError extends Error {
  constructor(problem: string, options?: ErrorOptions) {
    super(`PIAOYAN_PASSWORD_LIST: ${problem}`, options);
    this.name = 'PasswordListError';
  }
}

/** Passwords and words that an installation refuses beside the published ones: breached ones, and the bank's own words. */
export class PasswordList {
  private readonly sets: Readonly<Record<ListDigest, DigestSet>> = { sha1: new DigestSet(), sha256: new DigestSet() };

  /**
   * Reads a list once, line by line: a SHA-1 or SHA-256 of a password in hexadecimal (`…:count`, as published lists have it), a beginning
   * of one of 16 digits at least (`sha1:…`, `sha256:…`), or a word. Empty lines and such as begin with `#` say nothing.
   * @throws PasswordListError
   */
  static async read(path: string, mostEntries = MOST_ENTRIES): Promise<PasswordList> {
    const list = new PasswordList();
    let number = 0;
    for await (const line of linesOf(path)) {
      number += 1;
      list.take(line.trim());
      if (list.size > mostEntries) throw new PasswordListError(`holds more than ${mostEntries} entries (line ${number})`);
    }
    if (list.size === 0) throw new PasswordListError('is empty');
    for (const set of Object.values(list.sets)) set.close();
    return list;
  }

  get size(): number {
    return this.sets.sha1.size + this.sets.sha256.size;
  }

  /** Whether the list holds a password as it was typed, or what it may be read as. */
  has(password: string): boolean {
    const texts = [...new Set([password, ...readingsOf(password)])];
    return texts.some((text) => this.sets.sha256.has(keptDigest(text, 'sha256')) || this.sets.sha1.has(keptDigest(text, 'sha1')));
  }

  private take(line: string): void {
    if (line === '' || line.startsWith('#')) return;
    const [, named, digits] = DIGEST_LINE.exec(line) ?? [];
    const digest = (named?.toLowerCase() as ListDigest | undefined) ?? DIGEST_LENGTHS[digits?.length ?? 0];
    if (digits !== undefined && digest !== undefined) this.sets[digest].add(BigInt(`0x${digits.slice(0, 16)}`));
    else this.sets.sha256.add(keptDigest(line.normalize('NFKC').toLowerCase(), 'sha256'));
  }
}

/** Never more than one line of a file of any size. @throws PasswordListError */
async function* linesOf(path: string): AsyncGenerator<string> {
  let rest = '';
  let number = 0;
  try {
    for await (const chunk of createReadStream(path, 'utf8') as AsyncIterable<string>) {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() ?? '';
      number += lines.length;
      if (rest.length > MAX_LINE_LENGTH || lines.some(({ length }) => length > MAX_LINE_LENGTH))
        throw new PasswordListError(`has a line of more than ${MAX_LINE_LENGTH} characters (near line ${number})`);
      yield* lines;
    }
  } catch (error) {
    if (error instanceof PasswordListError) throw error;
    throw new PasswordListError(`cannot be read (${String((error as NodeJS.ErrnoException).code)})`, { cause: error });
  }
  yield rest;
}
