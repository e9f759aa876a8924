import { existsSync } from 'node:fs';
import { appendFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Outcome, ProviderId } from '@app/contracts';
import { z } from 'zod';

/** One call as the provider would bill it. */
export const LedgerLine = z.strictObject({
  number: z.int(),
  at: z.iso.datetime(),
  /** Calendar day in Asia/Shanghai, by which the calls of a bill are counted. */
  day: z.string(),
  provider: ProviderId,
  requestNumber: z.int(),
  taskNumber: z.string(),
  billCode: z.string(),
  billNumber: z.string(),
  code: z.string(),
  /** What the look-up found, or null when the call was refused before one. */
  lookedUp: Outcome.nullable(),
  charged: z.boolean(),
  delivery: z.enum(['answered', 'dropped', 'damaged']),
});
export type LedgerLine = z.infer<typeof LedgerLine>;

/** The providers' own account of every call, kept as JSON Lines so that a restart goes on counting. */
export class Ledger {
  private constructor(
    private readonly file: string | null,
    private readonly entries: LedgerLine[],
  ) {}

  /** Opens the ledger of a folder, or one in memory. */
  static async open(directory: string | undefined): Promise<Ledger> {
    if (directory === undefined) return new Ledger(null, []);
    const file = join(directory, 'ledger.jsonl');
    const text = existsSync(file) ? await readFile(file, 'utf8') : '';
    const lines = text.split('\n').filter((line) => line !== '');
    return new Ledger(
      file,
      lines.map((line) => LedgerLine.parse(JSON.parse(line))),
    );
  }

  get lines(): readonly LedgerLine[] {
    return this.entries;
  }

  /** Look-ups of a bill on a day at a provider, and how many of them failed. */
  count(provider: ProviderId, day: string, bill: { billCode: string; billNumber: string }): { total: number; failed: number } {
    const found = this.entries.filter(
      (line) =>
        line.lookedUp !== null &&
        line.provider === provider &&
        line.day === day &&
        line.billCode === bill.billCode &&
        line.billNumber === bill.billNumber,
    );
    return { total: found.length, failed: found.filter((line) => line.lookedUp !== 'MATCH').length };
  }

  /** Adds a call before it is answered. */
  async add(line: LedgerLine): Promise<void> {
    this.entries.push(line);
    if (this.file !== null) await appendFile(this.file, `${JSON.stringify(line)}\n`);
  }
}
