import { randomUUID } from 'node:crypto';
import { type FileHandle, open, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { monthOf } from './attempt-month';
import { makeDirectoryDurably, publishDurably, unlinkIfThere } from './durable-file';
import { type EndedRecord, idIn, LINE_BYTES, lineOf, parseLine } from './ended-record';
import { ifThere } from './if-there';
import { JournalUnavailableError, SpoiltPackError } from './journal.error';

const PACK = /^(other|\d{4,6}-\d{2})\.(\d{8})\.txt$/;

/**
 * What is left of attempts whose files went: one sorted text file for the ids of a month and their last two digits. Which file an id belongs
 * into is told by the id alone. A pack is never changed: the next version of it is put into place whole under the next number, which one
 * process alone can take, and only then the last version goes.
 */
export class EndedPacks {
  private readonly root: string;

  constructor(directory: string) {
    this.root = join(directory, 'ended');
  }

  /**
   * The record of an attempt, or null. Whoever is about to begin an attempt asks after having claimed it: see `Journal`.
   * @throws JournalUnavailableError, also for a pack that was spoilt: nothing may be sent while it cannot be known what was
   */
  async find(attemptId: string): Promise<EndedRecord | null> {
    try {
      return await this.findIn(attemptId);
    } catch (error) {
      throw new JournalUnavailableError(error);
    }
  }

  /** Adds records of one shard and month; those that are there stay as they are. False when another process added some at this moment. */
  async add(shard: string, month: string, records: readonly EndedRecord[]): Promise<boolean> {
    const folder = join(this.root, shard);
    await makeDirectoryDurably(this.root);
    await makeDirectoryDurably(folder);
    const versions = await versionsIn(folder, month);
    const newest = versions.at(-1);
    const known = newest ? await linesIn(join(folder, newest.name)) : [];
    if (known === null) return false;
    const lines = new Map(known.map((line) => [idIn(line), line]));
    for (const record of records) if (!lines.has(record.attemptId)) lines.set(record.attemptId, lineOf(record));
    const name = `${month}.${String((newest?.number ?? 0) + 1).padStart(8, '0')}.txt`;
    if (!(await publishDurably(join(folder, name), [...lines.values()].sort().join(''), randomUUID()))) return false;
    if ((await versionsIn(folder, month)).at(-1)?.name !== name) {
      // The number was free because others had been two versions further meanwhile: ours is none that anybody reads.
      await unlinkIfThere(join(folder, name));
      return false;
    }
    for (const version of versions) await unlinkIfThere(join(folder, version.name));
    return true;
  }

  private async findIn(attemptId: string): Promise<EndedRecord | null> {
    const folder = join(this.root, attemptId.slice(-2));
    for (;;) {
      const newest = (await versionsIn(folder, monthOf(attemptId))).at(-1);
      if (newest === undefined) return null;
      const pack = await ifThere(open(join(folder, newest.name), 'r'));
      // Its next version took its place in between.
      if (pack === null) continue;
      try {
        return await searched(pack, attemptId);
      } finally {
        await pack.close();
      }
    }
  }
}

interface Version {
  name: string;
  number: number;
}

/** The versions of a month's pack, the newest last: there is one, or two while the older one goes. */
async function versionsIn(folder: string, month: string): Promise<Version[]> {
  const names = (await ifThere(readdir(folder))) ?? [];
  const versions = names.flatMap((name) => {
    const [, of, number] = PACK.exec(name) ?? [];
    return of === month ? [{ name, number: Number(number) }] : [];
  });
  return versions.sort((a, b) => a.number - b.number);
}

/** A new id is behind all that are packed: the last line is looked at first, and mostly alone. */
async function searched(pack: FileHandle, attemptId: string): Promise<EndedRecord | null> {
  const { size } = await pack.stat();
  if (size % LINE_BYTES !== 0) throw new SpoiltPackError();
  let [low, high] = [0, size / LINE_BYTES];
  let at = high - 1;
  while (low < high) {
    const line = await lineAt(pack, at);
    const id = idIn(line);
    if (id === attemptId) return parsed(line);
    if (id < attemptId) low = at + 1;
    else high = at;
    at = Math.floor((low + high) / 2);
  }
  return null;
}

async function lineAt(pack: FileHandle, number: number): Promise<string> {
  const { buffer, bytesRead } = await pack.read(Buffer.alloc(LINE_BYTES), 0, LINE_BYTES, number * LINE_BYTES);
  const line = buffer.toString('latin1');
  if (bytesRead !== LINE_BYTES || !line.endsWith('\n')) throw new SpoiltPackError();
  return line;
}

function parsed(line: string): EndedRecord {
  try {
    return parseLine(line);
  } catch (error) {
    throw new SpoiltPackError(error);
  }
}

/**
 * Each line is looked at before it is written into the next version: what was spoilt is not carried on as if it were good. Null when another
 * version took the file's place.
 */
async function linesIn(path: string): Promise<string[] | null> {
  const text = await ifThere(readFile(path, 'latin1'));
  if (text === null) return null;
  if (text.length % LINE_BYTES !== 0) throw new SpoiltPackError();
  const lines = Array.from({ length: text.length / LINE_BYTES }, (_, at) => text.slice(at * LINE_BYTES, (at + 1) * LINE_BYTES));
  for (const line of lines) if (lineOf(parsed(line)) !== line) throw new SpoiltPackError();
  return lines;
}
