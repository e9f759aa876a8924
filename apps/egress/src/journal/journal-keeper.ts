import type { LoggerService } from '@nestjs/common';
import type { JournalPacking, PackingReport } from './journal-packing';

/** After the start, so that a process that is started over and over goes on all the same. */
const FIRST_AFTER_MS = 60_000;
const EVERY_MS = 6 * 3_600_000;
const CONTEXT = 'Journal';

/** Goes through the journal now and then, beside the calls, and remembers what it found. */
export class JournalKeeper {
  private timer: NodeJS.Timeout | undefined;
  private round: Promise<void> = Promise.resolve();
  private readonly stopped = new AbortController();
  private found: (PackingReport & { foundAt: number }) | null = null;

  constructor(
    private readonly packing: Pick<JournalPacking, 'run'>,
    private readonly logger: LoggerService,
  ) {}

  /** What the last whole round found; null before the first one. */
  get lastRound(): (PackingReport & { foundAt: number }) | null {
    return this.found;
  }

  start(firstAfterMs = FIRST_AFTER_MS): void {
    this.timer = setTimeout(() => {
      this.round = this.goThrough().then(() => {
        if (!this.stopped.signal.aborted) this.start(EVERY_MS);
      });
    }, firstAfterMs);
    this.timer.unref();
  }

  /** Ends the round that runs at the next attempt that is whole. */
  async stop(): Promise<void> {
    this.stopped.abort();
    clearTimeout(this.timer);
    await this.round;
  }

  /** A round that fails has taken nothing away that is not in its pack: the next one goes on. */
  private async goThrough(): Promise<void> {
    try {
      const report = await this.packing.run(this.stopped.signal);
      if (this.stopped.signal.aborted) return;
      this.found = { ...report, foundAt: Date.now() };
      this.logger.log({ msg: 'the journal was gone through', count: report.packed, kept: report.kept, sizeB: report.bytes }, CONTEXT);
    } catch (error) {
      this.logger.error({ msg: 'old attempts could not be packed: they stay', err: error }, CONTEXT);
    }
  }
}
