import { type BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import { setTimeout as pause } from 'node:timers/promises';

// A result is looked for by its row: five looks a second find it soon enough, and cost one indexed read each.
const LOOK_EVERY_MS = 200;

/** Waits for rows that another process changes. A stopping process waits no longer: the caller gets what is known. */
@Injectable()
export class ResultWait implements BeforeApplicationShutdown {
  private readonly stopping = new AbortController();

  beforeApplicationShutdown(): void {
    this.stopping.abort();
  }

  /** The first look that is final, or the last one within `seconds`. It ends early when the client has gone. */
  async until<T>(look: () => Promise<T>, isFinal: (result: T) => boolean, waiting: { seconds: number; gone: () => boolean }): Promise<T> {
    const deadline = Date.now() + waiting.seconds * 1_000;
    for (;;) {
      const result = await look();
      const remainingMs = deadline - Date.now();
      if (isFinal(result) || remainingMs <= 0 || waiting.gone() || this.stopping.signal.aborted) return result;
      await this.pauseOrStop(Math.min(LOOK_EVERY_MS, remainingMs));
    }
  }

  private async pauseOrStop(ms: number): Promise<void> {
    try {
      await pause(ms, undefined, { signal: this.stopping.signal });
    } catch (error) {
      if (!this.stopping.signal.aborted) throw error;
    }
  }
}
