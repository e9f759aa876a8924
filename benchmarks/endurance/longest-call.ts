import { threadCoreMs } from '../thread-core-time';
import type { Stall } from './stalls';

/** Remembers how long its calls held the thread at most, by the clock and in core time: names what a stall is made of. */
export class LongestCall {
  private readonly longest: Stall = { ms: 0, coreMs: 0 };

  /** For a function that answers a promise, only the time until it has made it counts. */
  time<Result>(call: () => Result): Result {
    const startedAt = performance.now();
    const coreAtStart = threadCoreMs();
    const result = call();
    this.longest.ms = Math.max(this.longest.ms, performance.now() - startedAt);
    this.longest.coreMs = Math.max(this.longest.coreMs, threadCoreMs() - coreAtStart);
    return result;
  }

  get held(): Stall {
    return { ...this.longest };
  }
}
