import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { monthOf, timeOf } from './attempt-month';
import type { AttemptFiles } from './attempt-files';
import { unlinkIfThere } from './durable-file';
import { EndedPacks } from './ended-packs';
import { type EndedRecord, recordOf } from './ended-record';
import { ifThere } from './if-there';

const DAY_MS = 86_400_000;
/** Attempts of one shard that are held in memory at once; the next ones follow in another round. */
const ROUND = 1_000;
/** No file is being written for so long. */
const LEFT_BEHIND_MS = DAY_MS;

/** What a round through the journal found and did. */
export interface PackingReport {
  /** Attempts whose files went, and of which the record is left. */
  packed: number;
  /** Attempts whose files are there. */
  kept: number;
  /** When the oldest of them was begun, in milliseconds since 1970; null when there is none. */
  oldestAt: number | null;
  /** Of these, those that are over and whose beginning was cut or altered: they are never packed. */
  spoilt: number;
  /** Bytes of all files. */
  bytes: number;
}

interface Round {
  shard: string;
  before: number;
  signal: AbortSignal;
  /** Attempts that cannot be read, each once however often it is met. */
  spoilt: Set<string>;
}

/** Lets the files of attempts go whose time is over. What must stay for ever, that the attempt was made, stays in the packs. */
export class JournalPacking {
  private readonly packs: EndedPacks;

  /** Attempts are packed that were begun before `keepMs` from now, which is far more than any call takes. */
  constructor(
    private readonly directory: string,
    private readonly files: AttemptFiles,
    private readonly keepMs: number,
  ) {
    this.packs = new EndedPacks(directory);
  }

  /** Goes through the whole journal once, one shard after the other. It may be killed anywhere and run anywhere again. */
  async run(signal: AbortSignal): Promise<PackingReport> {
    const report: PackingReport = { packed: 0, kept: 0, spoilt: 0, oldestAt: null, bytes: 0 };
    const before = Date.now() - this.keepMs;
    await this.sweep(this.directory, report);
    for (const shard of (await namesIn(this.directory)).filter((name) => /^[0-9a-f]{2}$/.test(name))) {
      if (signal.aborted) break;
      const round: Round = { shard, before, signal, spoilt: new Set() };
      while (await this.packRound(round, report));
      report.spoilt += round.spoilt.size;
      await this.sweep(join(this.directory, shard), report);
      await this.sweep(join(this.directory, 'ended', shard), report);
    }
    return report;
  }

  /** Whether another round may find more. */
  private async packRound({ shard, before, signal, spoilt }: Round, report: PackingReport): Promise<boolean> {
    const byMonth = new Map<string, EndedRecord[]>();
    let found = 0;
    for (const attemptId of await attemptsIn(join(this.directory, shard))) {
      if (found === ROUND || signal.aborted) break;
      const record = await this.packable(attemptId, before, spoilt);
      if (record === null) continue;
      byMonth.set(monthOf(attemptId), [...(byMonth.get(monthOf(attemptId)) ?? []), record]);
      found += 1;
    }
    let packed = 0;
    for (const [month, records] of byMonth) {
      // Another process packs the same: what it leaves is for the next time.
      if (!(await this.packs.add(shard, month, records))) continue;
      for (const { attemptId } of records) await this.files.remove(attemptId);
      packed += records.length;
    }
    report.packed += packed;
    return found === ROUND && packed > 0 && !signal.aborted;
  }

  /** The record of an attempt whose time is over; null for a younger one, and for one of which nothing is known but that it was begun. */
  private async packable(attemptId: string, before: number, spoilt: Set<string>): Promise<EndedRecord | null> {
    if ((timeOf(attemptId) ?? 0) >= before) return null;
    const begun = await this.files.begun(attemptId);
    // Its file was listed: null is one that was cut.
    if (begun === null || begun === 'unreadable') {
      spoilt.add(attemptId);
      return null;
    }
    if (Date.parse(begun.begunAt) >= before || Date.parse(begun.settledBy) >= Date.now()) return null;
    return recordOf(begun, await this.files.ended(attemptId));
  }

  /** Measures a folder, and takes away what a process that was killed left half written. */
  private async sweep(folder: string, report: PackingReport): Promise<void> {
    for (const name of await namesIn(folder)) {
      const facts = await ifThere(stat(join(folder, name)));
      if (!facts?.isFile()) continue;
      if (/(^probe-|\.tmp$)/.test(name) && facts.mtimeMs < Date.now() - LEFT_BEHIND_MS) {
        await unlinkIfThere(join(folder, name));
        continue;
      }
      report.bytes += facts.size;
      if (!name.endsWith('.begin.json')) continue;
      report.kept += 1;
      report.oldestAt = Math.min(report.oldestAt ?? Infinity, facts.mtimeMs);
    }
  }
}

const ATTEMPT = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.begin\.json$/;

async function attemptsIn(folder: string): Promise<string[]> {
  return (await namesIn(folder)).flatMap((name) => ATTEMPT.exec(name)?.slice(1) ?? []);
}

async function namesIn(folder: string): Promise<string[]> {
  return (await ifThere(readdir(folder))) ?? [];
}
