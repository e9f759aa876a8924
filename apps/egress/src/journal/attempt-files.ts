import { randomUUID } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { createDurably, errorCode, makeDirectoryDurably, replaceDurably, unlinkIfThere } from './durable-file';
import { ifThere } from './if-there';
import { BegunEntry, EndedEntry } from './journal-entry';
import { JournalUnavailableError } from './journal.error';

/** The two files of each attempt below the journal's directory: one written before anything is sent, the other when it is known how it ended. */
export class AttemptFiles {
  constructor(private readonly directory: string) {}

  /** Creates the first file, on disk when this returns; false when it existed. */
  async begin(entry: BegunEntry): Promise<boolean> {
    const path = this.path(entry.attemptId, 'begin');
    const content = JSON.stringify(entry);
    try {
      return await createDurably(path, content);
    } catch (error) {
      if (errorCode(error) !== 'ENOENT') throw error;
      await makeDirectoryDurably(this.shard(entry.attemptId));
      return createDurably(path, content);
    }
  }

  async end(entry: EndedEntry): Promise<void> {
    await replaceDurably(this.path(entry.attemptId, 'end'), JSON.stringify(entry), randomUUID());
  }

  /** Null while the owner is writing the entry, or when it died doing so; `unreadable` when it was spoilt since. */
  async begun(attemptId: string): Promise<BegunEntry | 'unreadable' | null> {
    const text = await orUnavailable(readFile(this.path(attemptId, 'begin'), 'utf8'));
    if (text === null || !text.endsWith('}')) return null;
    const entry = BegunEntry.safeParse(jsonOrNull(text));
    return entry.success && entry.data.attemptId === attemptId ? entry.data : 'unreadable';
  }

  /** Takes back a first file that was just created, and with which nothing was sent. */
  async unclaim(attemptId: string): Promise<void> {
    await unlinkIfThere(this.path(attemptId, 'begin'));
  }

  /** Takes both files away, the first one last: as long as it is there, nobody can begin the attempt. */
  async remove(attemptId: string): Promise<void> {
    await unlinkIfThere(this.path(attemptId, 'end'));
    await unlinkIfThere(this.path(attemptId, 'begin'));
  }

  /** Null when there is none; `unreadable` when somebody or something spoilt it, since it is put into place whole. */
  async ended(attemptId: string): Promise<EndedEntry | 'unreadable' | null> {
    const text = await orUnavailable(readFile(this.path(attemptId, 'end'), 'utf8'));
    if (text === null) return null;
    const entry = EndedEntry.safeParse(jsonOrNull(text));
    return entry.success && entry.data.attemptId === attemptId ? entry.data : 'unreadable';
  }

  /** When the first file was created; null when there is none. */
  async touchedAt(attemptId: string): Promise<string | null> {
    return (await orUnavailable(stat(this.path(attemptId, 'begin'))))?.mtime.toISOString() ?? null;
  }

  private path(attemptId: string, kind: 'begin' | 'end'): string {
    return join(this.shard(attemptId), `${attemptId}.${kind}.json`);
  }

  /** By the id's last digits: the first ones of a version 7 id are the time, and would put everything into one directory. */
  private shard(attemptId: string): string {
    return join(this.directory, attemptId.slice(-2));
  }
}

/** Null for a file that does not exist. @throws JournalUnavailableError */
async function orUnavailable<T>(reading: Promise<T>): Promise<T | null> {
  try {
    return await ifThere(reading);
  } catch (error) {
    throw new JournalUnavailableError(error);
  }
}

function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
