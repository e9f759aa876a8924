import { readFile } from 'node:fs/promises';
import { SandboxBook } from './book.schema';

/** The book file is missing or wrong; the message names each place and rule. */
export class BookError extends Error {
  override readonly name = 'BookError';
}

/**
 * Reads the book file.
 * @throws BookError
 */
export async function loadBook(path: string): Promise<SandboxBook> {
  const parsed = SandboxBook.safeParse(await readJson(path));
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`);
  throw new BookError(`${path}: ${problems.join('; ')}`);
}

async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    throw new BookError(`${path}: ${error instanceof Error ? error.message : 'cannot be read'}`, { cause: error });
  }
}
