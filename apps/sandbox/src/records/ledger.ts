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
  /** Of the verdict, whether or not it was delivered. */
  code: z.string(),
  /** What the look-up found, or null when the call was refused before one. */
  lookedUp: Outcome.nullable(),
  charged: z.boolean(),
  /** False when the call was lost before the service saw it: then no statement lists it. */
  reached: z.boolean().default(true),
  delivery: z.enum(['answered', 'dropped', 'damaged']),
  /** Kind of the fault that it met. */
  fault: z.string().nullable().default(null),
});
export type LedgerLine = z.infer<typeof LedgerLine>;

interface Count {
  total: number;
  failed: number;
}

/** The providers' own account of every call, kept as JSON Lines so that a restart goes on counting. */
export class Ledger {
  private readonly counts = new Map<string, Count>();
  private unwritten: string[] = [];
  private writing: Promise<void> = Promise.resolve();

  private constructor(
    private readonly file: string | null,
    private readonly entries: LedgerLine[],
  ) {
    for (const line of entries) this.index(line);
  }

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
  count(provider: ProviderId, day: string, bill: { billCode: string; billNumber: string }): Readonly<Count> {
    return this.counts.get(keyOf({ provider, day, ...bill })) ?? { total: 0, failed: 0 };
  }

  /** Adds a call before it is answered. */
  async add(line: LedgerLine): Promise<void> {
    this.entries.push(line);
    this.index(line);
    if (this.file !== null) await this.write(this.file, JSON.stringify(line));
  }

  private index(line: LedgerLine): void {
    if (line.lookedUp === null) return;
    const key = keyOf(line);
    const { total, failed } = this.counts.get(key) ?? { total: 0, failed: 0 };
    this.counts.set(key, { total: total + 1, failed: failed + (line.lookedUp === 'MATCH' ? 0 : 1) });
  }

  /** Lines that come while others are being written go to disk together. */
  private write(file: string, line: string): Promise<void> {
    this.unwritten.push(line);
    this.writing = this.writing.then(async () => {
      const lines = this.unwritten.splice(0);
      if (lines.length > 0) await appendFile(file, `${lines.join('\n')}\n`);
    });
    return this.writing;
  }
}

const keyOf = ({ provider, day, billCode, billNumber }: Pick<LedgerLine, 'provider' | 'day' | 'billCode' | 'billNumber'>): string =>
  `${provider}/${day}/${billCode}/${billNumber}`;
