import { setTimeout as delay } from 'node:timers/promises';

const MINUTE_MS = 60_000;

/** When a soak began, how long it lasts, and whether it was called off. */
export class SoakClock {
  private readonly startedAt = performance.now();
  private readonly startedAtEpochMs = Date.now();
  private readonly endsAt: number;
  private endedAt: number | undefined;

  constructor(
    minutes: number,
    private readonly calledOff: AbortSignal,
  ) {
    this.endsAt = this.startedAt + minutes * MINUTE_MS;
  }

  get isOver(): boolean {
    return this.calledOff.aborted || performance.now() >= this.endsAt;
  }

  /** The minute, from 0, in which a moment of `performance.now()` lies. */
  minuteOf(moment: number): number {
    return Math.floor((moment - this.startedAt) / MINUTE_MS);
  }

  /** The same for a time that another process wrote down; undefined when it lies outside. */
  minuteOfTime(iso: string): number | undefined {
    const moment = this.startedAt + Date.parse(iso) - this.startedAtEpochMs;
    return moment < this.startedAt || moment > (this.endedAt ?? this.endsAt) ? undefined : this.minuteOf(moment);
  }

  /** Minutes that it lasted, or has so far. */
  get lastedMinutes(): number {
    return ((this.endedAt ?? performance.now()) - this.startedAt) / MINUTE_MS;
  }

  /** What happens from now on is not of the soak any more. */
  end(): void {
    this.endedAt = Math.min(performance.now(), this.endsAt);
  }

  /** Waits until a moment of `performance.now()`; at most until the soak is over. */
  async until(moment: number): Promise<void> {
    const end = Math.min(moment, this.endsAt);
    // Again when a timer came early, as it may by a fraction of a millisecond. When it is called off, the caller sees that it is over.
    for (let ms = end - performance.now(); ms > 0 && !this.calledOff.aborted; ms = end - performance.now()) {
      await delay(ms, undefined, { signal: this.calledOff }).catch(() => undefined);
    }
  }
}
