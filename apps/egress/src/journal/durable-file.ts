import { constants } from 'node:fs';
import { mkdir, open, rename, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';

/** The `code` of a system error, or null. */
export function errorCode(error: unknown): string | null {
  return typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string' ? error.code : null;
}

/**
 * Creates a file that did not exist, on disk with its directory entry when this returns. False when it existed already.
 * A file that could not be brought to disk is taken away again.
 */
export async function createDurably(path: string, content: string): Promise<boolean> {
  if (!(await writeNew(path, content))) return false;
  try {
    await syncDirectory(dirname(path));
  } catch (error) {
    await unlink(path);
    throw error;
  }
  return true;
}

/** Puts a file into place whole: a reader sees all of it or none, also after a power cut. */
export async function replaceDurably(path: string, content: string, nonce: string): Promise<void> {
  const temporary = `${path}.${nonce}.tmp`;
  if (!(await writeNew(temporary, content))) throw new Error('the name of a temporary file was used twice');
  await rename(temporary, path);
  await syncDirectory(dirname(path));
}

/** Creates a directory, on disk when this returns; one that exists is left alone. */
export async function makeDirectoryDurably(path: string): Promise<void> {
  try {
    await mkdir(path, { mode: 0o700 });
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error;
  }
  await syncDirectory(dirname(path));
}

async function writeNew(path: string, content: string): Promise<boolean> {
  const file = await openNew(path);
  if (!file) return false;
  try {
    await file.writeFile(content);
    await file.sync();
  } catch (error) {
    await unlink(path);
    throw error;
  } finally {
    await file.close();
  }
  return true;
}

async function openNew(path: string) {
  try {
    return await open(path, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, 0o600);
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return null;
    throw error;
  }
}

/** Without this a file's name may be lost in a power cut although its content is on disk. */
async function syncDirectory(path: string): Promise<void> {
  const directory = await open(path, constants.O_RDONLY | constants.O_DIRECTORY);
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}
