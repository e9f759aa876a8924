import { createHash, randomUUID } from 'node:crypto';
import { access, constants, type FileHandle, mkdir, open, opendir, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { Readable } from 'node:stream';
import { FirstInOrder } from './first-in-order';
import { keySegments, ObjectNotFoundError } from './object-key';
import { fileStream } from './file-stream';
import { ObjectStoreAwayError } from './object-store-away.error';
import { type KeyPlace, ObjectStore, type StoredKey, type StoredObject } from './object-store';

const FILE_MODE = 0o600;
const DIRECTORY_MODE = 0o700;
/** Starts with a dot, as no key can: what is being written is never mistaken for an object. */
const UNFINISHED = '.unfinished';
/** First segment of the keys of what is not to stay. */
const STAGING = 'staging';

/** Keeps each object as one file below a directory; two hexadecimal letters of the key's hash come first, so that no folder grows without bound. */
export class FileObjectStore extends ObjectStore {
  private readonly root: string;

  constructor(directory: string) {
    super();
    this.root = resolve(directory);
  }

  async put(key: string, bytes: Readable): Promise<StoredObject> {
    const target = this.pathOf(key);
    const unfinished = join(this.root, UNFINISHED, randomUUID());
    try {
      await reached(makeDirectory(dirname(unfinished)));
      const stored = await writeDurably(unfinished, bytes);
      await reached(moveDurably(unfinished, target));
      return stored;
    } catch (error) {
      // Where even this fails, the first failure says more.
      await rm(unfinished, { force: true }).catch(() => undefined);
      throw error;
    }
  }

  async get(key: string): Promise<Readable> {
    return fileStream(await open(this.pathOf(key), 'r').catch(notFound(key)));
  }

  async read(key: string): Promise<Buffer> {
    return readFile(this.pathOf(key)).catch(notFound(key));
  }

  async delete(key: string): Promise<void> {
    const target = this.pathOf(key);
    await reached(rm(target, { force: true }));
    await reached(syncDirectory(dirname(target)).catch(unless('ENOENT')));
  }

  async list({ prefix, shard, after, limit }: KeyPlace): Promise<StoredKey[]> {
    const top = join(this.root, shard.toString(16).padStart(2, '0'));
    const first = new FirstInOrder(limit);
    for await (const path of filePathsBelow(join(top, ...keySegments(prefix)))) {
      const key = relative(top, path).split(sep).join('/');
      if (after === null || key > after) first.add(key);
    }
    const stored: StoredKey[] = [];
    for (const key of first.all()) stored.push({ key, changedAt: new Date(await changedAt(join(top, key))) });
    return stored;
  }

  /** Removes what a killed process left half written or staged. Only what is older than `olderThanMs`: another process may be at it now. */
  async removeUnfinished(olderThanMs: number): Promise<void> {
    const shards = await namesIn(this.root);
    for (const folder of [join(this.root, UNFINISHED), ...shards.map((shard) => join(this.root, shard, STAGING))]) {
      for await (const path of filePathsBelow(folder)) {
        if (Date.now() - (await changedAt(path)) > olderThanMs) await rm(path, { force: true });
      }
    }
  }

  /** Rejects when nothing could be stored now. */
  async check(): Promise<void> {
    await makeDirectory(this.root);
    await access(this.root, constants.R_OK | constants.W_OK | constants.X_OK);
  }

  private pathOf(key: string): string {
    const segments = keySegments(key);
    const shard = createHash('sha256').update(key).digest('hex').slice(0, 2);
    return join(this.root, shard, ...segments);
  }
}

/** Bytes are hashed on their way, so nothing is read twice and nothing is held in memory. */
async function writeDurably(path: string, bytes: Readable): Promise<StoredObject> {
  const hash = createHash('sha256');
  let byteSize = 0;
  const handle = await reached(open(path, 'wx', FILE_MODE));
  try {
    for await (const chunk of bytes as AsyncIterable<Buffer>) {
      hash.update(chunk);
      byteSize += chunk.length;
      await reached(writeAll(handle, chunk));
    }
    await reached(handle.sync());
  } finally {
    await reached(handle.close());
  }
  return { byteSize, sha256: hash.digest('hex') };
}

async function moveDurably(from: string, to: string): Promise<void> {
  await makeDirectory(dirname(to));
  await rename(from, to);
  await syncDirectory(dirname(to));
}

async function writeAll(handle: FileHandle, chunk: Buffer): Promise<void> {
  let offset = 0;
  while (offset < chunk.length) offset += (await handle.write(chunk, offset)).bytesWritten;
}

/** Makes the missing folders and syncs the ones above them: after a power cut, a folder that was not synced is not there. */
async function makeDirectory(path: string): Promise<void> {
  const first = await mkdir(path, { recursive: true, mode: DIRECTORY_MODE });
  if (first === undefined) return;
  for (let above = dirname(path); above.length >= dirname(first).length; above = dirname(above)) {
    await syncDirectory(above);
    if (above === dirname(above)) return;
  }
}

/** A rename is durable only once the folder itself is. */
async function syncDirectory(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function namesIn(folder: string): Promise<string[]> {
  return readdir(folder).catch((error: unknown) => (codeOf(error) === 'ENOENT' ? [] : Promise.reject(error as Error)));
}

/** Every file at any depth, in no order, however many there are: none is held. None where the folder is missing. */
async function* filePathsBelow(folder: string): AsyncGenerator<string> {
  const entries = await opendir(folder).catch(unlessMissing);
  if (entries === null) return;
  for await (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* filePathsBelow(path);
    else if (entry.isFile()) yield path;
  }
}

/** In epoch milliseconds; now, where another process was faster to remove it. */
async function changedAt(path: string): Promise<number> {
  try {
    return (await stat(path)).mtimeMs;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return Date.now();
    throw error;
  }
}

const codeOf = (error: unknown): string | undefined => (error as NodeJS.ErrnoException).code;

/** What the disk refuses is the store's failure; a stream that breaks off on its way in is not. */
function reached<T>(work: Promise<T>): Promise<T> {
  return work.catch((error: unknown) => {
    throw new ObjectStoreAwayError(error);
  });
}

function unlessMissing(error: unknown): null {
  if (codeOf(error) === 'ENOENT') return null;
  throw error;
}

function notFound(key: string): (error: unknown) => never {
  return (error) => {
    throw codeOf(error) === 'ENOENT' ? new ObjectNotFoundError(key) : new ObjectStoreAwayError(error);
  };
}

function unless(code: string): (error: unknown) => void {
  return (error) => {
    if (codeOf(error) !== code) throw error;
  };
}
