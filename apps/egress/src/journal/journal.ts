import { randomUUID, timingSafeEqual } from 'node:crypto';
import { mkdir, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { SUITES, type Suite, UnsealError } from '@app/crypto';
import type { EgressCall, EgressReply } from '@app/contracts';
import { AttemptFiles } from './attempt-files';
import { createDurably } from './durable-file';
import { EndedPacks } from './ended-packs';
import { replyOf } from './ended-record';
import type { BegunEntry, EndedEntry } from './journal-entry';
import { JournalPacking } from './journal-packing';
import { AttemptConflictError, JournalUnavailableError } from './journal.error';
import { describeThisProcess, hasSurelyEnded, type Owner } from './process-owner';
import { ReplySeal } from './reply-seal';

/** A reply that ends an attempt for ever. */
export type SettledReply = Exclude<EgressReply, { state: 'inFlight' | 'throttled' }>;

/** Where the journal lies and how it works. Its owners settle every attempt within `settleWithinMs`, or die. */
export interface JournalOptions {
  directory: string;
  /** What seals new entries; older ones are read with the suite that they name. */
  suite: Suite;
  settleWithinMs: number;
}

/**
 * Remembers every attempt on disk. Whoever creates the attempt's file may send, once; everybody else, in this process, another one or
 * after a restart, is told what became of it. Any number of processes may share the directory. What a provider answered lies there sealed
 * under the key that each request for the attempt brings; with another key, as with other elements, a request is refused. Files of old attempts
 * go (`JournalPacking`), and what is left of them still stands against a second call.
 */
export class Journal {
  private readonly running = new Set<string>();
  private readonly files: AttemptFiles;
  private readonly packs: EndedPacks;

  private constructor(
    private readonly options: JournalOptions,
    private readonly self: Owner,
  ) {
    this.files = new AttemptFiles(options.directory);
    this.packs = new EndedPacks(options.directory);
  }

  /** @throws JournalUnavailableError */
  static async open(options: JournalOptions): Promise<Journal> {
    try {
      await mkdir(options.directory, { recursive: true, mode: 0o700 });
    } catch (error) {
      throw new JournalUnavailableError(error);
    }
    return new Journal(options, await describeThisProcess());
  }

  /**
   * Claims the attempt: `null` means that the caller alone may send now. Otherwise what is known of the attempt.
   * @throws JournalUnavailableError, AttemptConflictError
   */
  async begin(call: EgressCall): Promise<EgressReply | null> {
    return (await this.claim(call)) ? this.unlessPacked(call) : this.lookUp(call);
  }

  /**
   * What is known of an attempt, claiming nothing: `null` when it was never begun.
   * @throws JournalUnavailableError, AttemptConflictError
   */
  async find(call: EgressCall): Promise<EgressReply | null> {
    const isBegun = this.running.has(call.attemptId) || (await this.files.touchedAt(call.attemptId)) !== null;
    return isBegun ? this.lookUp(call) : this.packed(call);
  }

  /**
   * Writes how the attempt ended.
   * @throws JournalUnavailableError, after which the attempt reads as interrupted
   */
  async settle(call: EgressCall, reply: SettledReply): Promise<void> {
    try {
      await this.files.end(this.endOf(call, reply));
    } catch (error) {
      throw new JournalUnavailableError(error);
    } finally {
      this.running.delete(call.attemptId);
    }
  }

  /** Gives up an attempt of which nobody can say any more how it ended. */
  abandon(attemptId: string): void {
    this.running.delete(attemptId);
  }

  get directory(): string {
    return this.options.directory;
  }

  /** What takes away the files of attempts that were begun longer than `keepMs` ago. */
  packing(keepMs: number): JournalPacking {
    return new JournalPacking(this.options.directory, this.files, keepMs);
  }

  /**
   * Proves that an attempt could be begun now.
   * @throws JournalUnavailableError
   */
  async probe(): Promise<void> {
    const path = join(this.options.directory, `probe-${randomUUID()}`);
    try {
      await createDurably(path, 'probe');
      await unlink(path);
    } catch (error) {
      throw new JournalUnavailableError(error);
    }
  }

  private async claim(call: EgressCall): Promise<boolean> {
    const { attemptId } = call;
    if (this.running.has(attemptId)) return false;
    // Before the file exists: whoever sees our file without this mark takes the attempt for interrupted.
    this.running.add(attemptId);
    let isOurs = false;
    try {
      isOurs = await this.files.begin(this.entryOf(call));
    } catch (error) {
      throw new JournalUnavailableError(error);
    } finally {
      if (!isOurs) this.running.delete(attemptId);
    }
    return isOurs;
  }

  /**
   * The files of an attempt that was made long ago are gone, so that it could be claimed: then the claim is taken back. Asked after the claim
   * and not before it, since the files go only once the record is in its pack.
   */
  private async unlessPacked(call: EgressCall): Promise<EgressReply | null> {
    let isOurs = false;
    try {
      const known = await this.packed(call);
      isOurs = known === null;
      return known;
    } finally {
      if (!isOurs) await this.takeBack(call.attemptId);
    }
  }

  /** Nothing was sent. Should the file stay, the attempt reads as interrupted, or as its pack says. */
  private async takeBack(attemptId: string): Promise<void> {
    try {
      await this.files.unclaim(attemptId);
    } catch (error) {
      throw new JournalUnavailableError(error);
    } finally {
      this.running.delete(attemptId);
    }
  }

  private async packed(call: EgressCall): Promise<EgressReply | null> {
    const record = await this.packs.find(call.attemptId);
    if (record === null) return null;
    if (!isOf(record, call)) throw new AttemptConflictError(call.attemptId);
    return replyOf(record);
  }

  private entryOf(call: EgressCall): BegunEntry {
    const { suite, settleWithinMs } = this.options;
    const now = Date.now();
    return {
      attemptId: call.attemptId,
      provider: call.provider,
      suite: suite.name,
      digest: new ReplySeal(suite, call).digest(),
      owner: this.self,
      begunAt: new Date(now).toISOString(),
      settledBy: new Date(now + settleWithinMs).toISOString(),
    };
  }

  private endOf(call: EgressCall, reply: SettledReply): EndedEntry {
    if (reply.state !== 'answered') return reply;
    const { suite } = this.options;
    const { state, attemptId, answeredAt } = reply;
    return { state, attemptId, suite: suite.name, answeredAt, sealed: new ReplySeal(suite, call).seal(reply).toString('base64') };
  }

  private async lookUp(call: EgressCall): Promise<EgressReply> {
    const { attemptId } = call;
    const found = await this.files.begun(attemptId);
    const begun = found === 'unreadable' ? null : found;
    if (begun && !isOf(begun, call)) throw new AttemptConflictError(attemptId);
    const known = await this.readEnd(call, begun);
    if (known) return known;
    const sentAt = begun?.begunAt ?? (await this.files.touchedAt(attemptId));
    if (sentAt === null || (await this.mayStillSettle(begun, sentAt))) return { state: 'inFlight', attemptId };
    const reason = found === 'unreadable' ? found : 'interrupted';
    // The owner may have settled just before it ended, or the files be about to go.
    return (await this.readEnd(call, begun)) ?? (await this.packed(call)) ?? { state: 'unknown', attemptId, reason, sentAt };
  }

  private async mayStillSettle(begun: BegunEntry | null, sentAt: string): Promise<boolean> {
    if (begun?.owner.instance === this.self.instance) return this.running.has(begun.attemptId);
    if (begun && (await hasSurelyEnded(begun.owner, this.self))) return false;
    const settledBy = begun ? Date.parse(begun.settledBy) : Date.parse(sentAt) + this.options.settleWithinMs;
    return Date.now() < settledBy;
  }

  private async readEnd(call: EgressCall, begun: BegunEntry | null): Promise<EgressReply | null> {
    const ended = await this.files.ended(call.attemptId);
    if (ended === null) return null;
    if (ended !== 'unreadable' && ended.state !== 'answered') return ended;
    const opened = ended === 'unreadable' ? null : openedOrNull(call, ended);
    if (opened) return opened;
    const sentAt = begun?.begunAt ?? (await this.files.touchedAt(call.attemptId)) ?? new Date().toISOString();
    return { state: 'unknown', attemptId: call.attemptId, reason: 'unreadable', sentAt };
  }
}

/** Whether an entry is of this very call, key included. */
function isOf({ suite, digest }: Pick<BegunEntry, 'suite' | 'digest'>, call: EgressCall): boolean {
  return timingSafeEqual(Buffer.from(digest), Buffer.from(new ReplySeal(SUITES[suite], call).digest()));
}

/** Null when the sealed reply was altered: what was said once is lost then, and nothing may be made up in its place. */
function openedOrNull(call: EgressCall, ended: Extract<EndedEntry, { state: 'answered' }>): EgressReply | null {
  try {
    return new ReplySeal(SUITES[ended.suite], call).open(Buffer.from(ended.sealed, 'base64'));
  } catch (error) {
    if (error instanceof UnsealError) return null;
    throw error;
  }
}
