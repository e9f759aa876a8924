import { type BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import { setTimeout as pause } from 'node:timers/promises';

// A result is looked for by its row, one indexed read a look: often at first, since a verification takes some tens of milliseconds, then
// five times a second, which is soon enough for a reading.
const FIRST_PAUSE_MS = 20;
const LONGEST_PAUSE_MS = 200;

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
    for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)) {
      const result = await look();
      const remainingMs = deadline - Date.now();
      if (isFinal(result) || remainingMs <= 0 || waiting.gone() || this.stopping.signal.aborted) return result;
      await this.pauseOrStop(Math.min(pauseMs, remainingMs));
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
