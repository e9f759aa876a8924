import { randomUUID } from 'node:crypto';
import { mkdir, readFile, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { EgressReply, type EgressCall } from '@app/contracts';
import { createDurably, errorCode, makeDirectoryDurably, replaceDurably } from './durable-file';
import { BegunEntry, digestOf } from './journal-entry';
import { AttemptConflictError, JournalUnavailableError } from './journal.error';
import { describeThisProcess, hasSurelyEnded, type Owner } from './process-owner';

/** A reply that ends an attempt for ever. */
export type SettledReply = Exclude<EgressReply, { state: 'inFlight' | 'throttled' }>;

/**
 * Remembers every attempt on disk. Whoever creates the attempt's file may send, once; everybody else, in this process, another one or
 * after a restart, is told what became of it. Any number of processes may share the directory.
 */
export class Journal {
  private readonly running = new Set<string>();

  private constructor(
    private readonly directory: string,
    private readonly self: Owner,
    private readonly settleWithinMs: number,
  ) {}

  /** Opens a journal whose owners settle every attempt within `settleWithinMs`, or die. */
  static async open(options: { directory: string; settleWithinMs: number }): Promise<Journal> {
    try {
      await mkdir(options.directory, { recursive: true, mode: 0o700 });
    } catch (error) {
      throw new JournalUnavailableError(error);
    }
    return new Journal(options.directory, await describeThisProcess(), options.settleWithinMs);
  }

  /**
   * Claims the attempt: `null` means that the caller alone may send now. Otherwise what is known of the attempt.
   * @throws JournalUnavailableError, AttemptConflictError
   */
  async begin(call: EgressCall): Promise<EgressReply | null> {
    const entry = this.entryOf(call);
    return (await this.claim(entry)) ? null : this.lookUp(entry);
  }

  /**
   * What is known of an attempt, claiming nothing: `null` when it was never begun.
   * @throws JournalUnavailableError, AttemptConflictError
   */
  async find(call: EgressCall): Promise<EgressReply | null> {
    const isBegun = this.running.has(call.attemptId) || (await this.touchedAt(call.attemptId)) !== null;
    return isBegun ? this.lookUp(this.entryOf(call)) : null;
  }

  /**
   * Writes how the attempt ended.
   * @throws JournalUnavailableError, after which the attempt reads as interrupted
   */
  async settle(reply: SettledReply): Promise<void> {
    try {
      await replaceDurably(this.path(reply.attemptId, 'end'), JSON.stringify(reply), randomUUID());
    } catch (error) {
      throw new JournalUnavailableError(error);
    } finally {
      this.running.delete(reply.attemptId);
    }
  }

  /** Gives up an attempt of which nobody can say any more how it ended. */
  abandon(attemptId: string): void {
    this.running.delete(attemptId);
  }

  /**
   * Proves that an attempt could be begun now.
   * @throws JournalUnavailableError
   */
  async probe(): Promise<void> {
    const path = join(this.directory, `probe-${randomUUID()}`);
    try {
      await createDurably(path, 'probe');
      await unlink(path);
    } catch (error) {
      throw new JournalUnavailableError(error);
    }
  }

  private entryOf(call: EgressCall): BegunEntry {
    const now = Date.now();
    return {
      attemptId: call.attemptId,
      provider: call.provider,
      digest: digestOf(call),
      owner: this.self,
      begunAt: new Date(now).toISOString(),
      settledBy: new Date(now + this.settleWithinMs).toISOString(),
    };
  }

  private async claim(entry: BegunEntry): Promise<boolean> {
    const { attemptId } = entry;
    if (this.running.has(attemptId)) return false;
    // Before the file exists: whoever sees our file without this mark takes the attempt for interrupted.
    this.running.add(attemptId);
    let isOurs = false;
    try {
      isOurs = await this.create(entry);
    } catch (error) {
      throw new JournalUnavailableError(error);
    } finally {
      if (!isOurs) this.running.delete(attemptId);
    }
    return isOurs;
  }

  private async create(entry: BegunEntry): Promise<boolean> {
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

  private async lookUp(asked: BegunEntry): Promise<EgressReply> {
    const { attemptId } = asked;
    const begun = await this.readBegun(attemptId);
    if (begun && begun.digest !== asked.digest) throw new AttemptConflictError(attemptId);
    const known = await this.readEnd(attemptId);
    if (known) return known;
    const sentAt = begun?.begunAt ?? (await this.touchedAt(attemptId));
    if (sentAt === null || (await this.mayStillSettle(begun, sentAt))) return { state: 'inFlight', attemptId };
    // The owner may have settled just before it ended.
    return (await this.readEnd(attemptId)) ?? { state: 'unknown', attemptId, reason: 'interrupted', sentAt };
  }

  private async mayStillSettle(begun: BegunEntry | null, sentAt: string): Promise<boolean> {
    if (begun?.owner.instance === this.self.instance) return this.running.has(begun.attemptId);
    if (begun && (await hasSurelyEnded(begun.owner, this.self))) return false;
    const settledBy = begun ? Date.parse(begun.settledBy) : Date.parse(sentAt) + this.settleWithinMs;
    return Date.now() < settledBy;
  }

  /** Null while the owner is writing the entry, or when it died doing so. */
  private async readBegun(attemptId: string): Promise<BegunEntry | null> {
    const text = await readIfThere(this.path(attemptId, 'begin'));
    if (text === null || !text.endsWith('}')) return null;
    return BegunEntry.parse(JSON.parse(text));
  }

  private async readEnd(attemptId: string): Promise<EgressReply | null> {
    const text = await readIfThere(this.path(attemptId, 'end'));
    return text === null ? null : EgressReply.parse(JSON.parse(text));
  }

  /** When an unreadable entry was created; null when it is gone, since its owner could not bring it to disk and sent nothing. */
  private async touchedAt(attemptId: string): Promise<string | null> {
    try {
      return (await stat(this.path(attemptId, 'begin'))).mtime.toISOString();
    } catch (error) {
      if (errorCode(error) === 'ENOENT') return null;
      throw new JournalUnavailableError(error);
    }
  }

  private path(attemptId: string, kind: 'begin' | 'end'): string {
    return join(this.shard(attemptId), `${attemptId}.${kind}.json`);
  }

  /** By the id's last digits: the first ones of a version 7 id are the time, and would put everything into one directory. */
  private shard(attemptId: string): string {
    return join(this.directory, attemptId.slice(-2));
  }
}

async function readIfThere(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw new JournalUnavailableError(error);
  }
}
