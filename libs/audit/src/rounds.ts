import { setTimeout as sleep } from 'node:timers/promises';

/** Work done in rounds, one after another, from the start of a process to its end. */
export class Rounds {
  private readonly stopping = new AbortController();
  private running: Promise<void> = Promise.resolve();

  /** Fires when no further round is to begin, and the one that is under way should end. */
  get signal(): AbortSignal {
    return this.stopping.signal;
  }

  /** `round` never fails, and answers how many milliseconds to wait before the next. The first waits for `firstMs`. */
  start(round: () => Promise<number>, firstMs = 0): void {
    this.running = this.run(round, firstMs);
  }

  /** Ends with the round that is under way. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  private async run(round: () => Promise<number>, firstMs: number): Promise<void> {
    if (firstMs > 0) await this.pause(firstMs);
    while (!this.signal.aborted) await this.pause(await round());
  }

  private async pause(ms: number): Promise<void> {
    await sleep(ms, undefined, { signal: this.signal }).catch(() => undefined);
  }
}
