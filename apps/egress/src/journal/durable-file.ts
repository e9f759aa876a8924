import { close, closeSync, constants, fsync, open, openSync, write } from 'node:fs';
import { link, mkdir, rename, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import { promisify } from 'node:util';

// Plain descriptors: a journal entry takes half the processor time that it takes with file handles, and every call writes two.
const openFile = promisify(open);
const writeBytes = promisify(write);
const sync = promisify(fsync);
const closeFile = promisify(close);

/** The `code` of a system error, or null. */
export function errorCode(error: unknown): string | null {
  return typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string' ? error.code : null;
}

/**
 * Creates a file that did not exist, on disk with its directory entry when this returns. False when it existed already.
 * A file that could not be brought to disk is taken away again.
 */
export async function createDurably(path: string, content: string): Promise<boolean> {
  const file = await openNew(path);
  if (file === null) return false;
  // Content and name go to disk side by side: until both are there this has not returned, and nobody relies on either.
  await whole(path, file, content, () => Promise.all([sync(file), syncDirectory(dirname(path))]));
  return true;
}

/** Puts a file into place whole: a reader sees all of it or none, also after a power cut. */
export async function replaceDurably(path: string, content: string, nonce: string): Promise<void> {
  await rename(await writeTemporary(path, content, nonce), path);
  await syncDirectory(dirname(path));
}

/**
 * Puts a file that did not exist into place whole, on disk with its name when this returns. False when it existed already: of any number of
 * processes one alone succeeds.
 */
export async function publishDurably(path: string, content: string, nonce: string): Promise<boolean> {
  const temporary = await writeTemporary(path, content, nonce);
  try {
    // Unlike a rename, a link never takes the place of what is there.
    await link(temporary, path);
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw error;
  } finally {
    await unlink(temporary);
  }
  await syncDirectory(dirname(path));
  return true;
}

/** Takes a file away; one that is not there is well. The name may come back after a power cut. */
export async function unlinkIfThere(path: string): Promise<void> {
  try {
    await unlink(path);
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw error;
  }
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

async function writeTemporary(path: string, content: string, nonce: string): Promise<string> {
  const temporary = `${path}.${nonce}.tmp`;
  const file = await openNew(temporary);
  if (file === null) throw new Error('the name of a temporary file was used twice');
  await whole(temporary, file, content, () => sync(file));
  return temporary;
}

/** Writes all of a new file, brings it to disk, and closes it; takes it away when that fails. */
async function whole(path: string, file: number, content: string, toDisk: () => Promise<unknown>): Promise<void> {
  try {
    const bytes = Buffer.from(content, 'utf8');
    for (let written = 0; written < bytes.length;) written += (await writeBytes(file, bytes.subarray(written))).bytesWritten;
    await toDisk();
  } catch (error) {
    await unlink(path);
    throw error;
  } finally {
    await closeFile(file);
  }
}

async function openNew(path: string): Promise<number | null> {
  try {
    return await openFile(path, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, 0o600);
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return null;
    throw error;
  }
}

/** Without this a file's name may be lost in a power cut although its content is on disk. */
async function syncDirectory(path: string): Promise<void> {
  // To open a directory that is in use, as this one is, asks nothing of the disk.
  const directory = openSync(path, constants.O_RDONLY | constants.O_DIRECTORY);
  try {
    await sync(directory);
  } finally {
    closeSync(directory);
  }
}
