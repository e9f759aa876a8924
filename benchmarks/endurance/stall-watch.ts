import { createHistogram, monitorEventLoopDelay, PerformanceObserver, type RecordableHistogram } from 'node:perf_hooks';
import { threadCoreMs } from '../thread-core-time';
import { LONGEST_WANTED_MS, stallsOf, type Stall, type StallReport } from './stalls';

const RESOLUTION_MS = 1;
const NANOSECONDS = 1e6;
const MICROSECONDS = 1e3;
const WORST_KEPT = 5;

/**
 * Watches how long this thread keeps others waiting, in two ways: by the runtime's own monitor, and by a timer of each millisecond
 * that asks the clock how late it is, and the kernel how much core time the thread had meanwhile. Where the second is much less, the
 * thread was not at work but waiting for a core.
 */
export class StallWatch {
  private readonly monitor = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  private readonly late: RecordableHistogram = createHistogram();
  private readonly held: RecordableHistogram = createHistogram();
  private readonly collections: PerformanceObserver;
  private readonly timer: NodeJS.Timeout;
  private readonly worst: Stall[] = [];
  private readonly tooLong = { byClock: 0, byCore: 0 };
  private longestGcMs = 0;
  private longestSinceAsked = 0;
  private tickedAt = performance.now();
  private coreMs = threadCoreMs();

  constructor() {
    this.collections = new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) this.longestGcMs = Math.max(this.longestGcMs, duration);
    });
    this.collections.observe({ entryTypes: ['gc'] });
    this.timer = setInterval(() => this.tick(), RESOLUTION_MS);
    this.monitor.enable();
  }

  /** The longest stall since this was asked last, by the own timer. */
  takeLongestMs(): number {
    const longest = this.longestSinceAsked;
    this.longestSinceAsked = 0;
    return longest;
  }

  stop(): StallReport {
    this.monitor.disable();
    clearInterval(this.timer);
    this.collections.disconnect();
    return {
      // The monitor records the whole way from one tick to the next, the millisecond that was asked for included.
      monitor: stallsOf(this.monitor, NANOSECONDS, RESOLUTION_MS),
      timer: stallsOf(this.late, MICROSECONDS, 0),
      core: stallsOf(this.held, MICROSECONDS, 0),
      worst: this.worst,
      tooLong: this.tooLong,
      longestGcMs: this.longestGcMs,
    };
  }

  private tick(): void {
    const now = performance.now();
    const coreMs = threadCoreMs();
    const stall = { ms: Math.max(0, now - this.tickedAt - RESOLUTION_MS), coreMs: coreMs - this.coreMs };
    this.tickedAt = now;
    this.coreMs = coreMs;
    this.late.record(Math.max(1, Math.round(stall.ms * MICROSECONDS)));
    this.held.record(Math.max(1, Math.round(stall.coreMs * MICROSECONDS)));
    this.longestSinceAsked = Math.max(this.longestSinceAsked, stall.ms);
    if (stall.ms > LONGEST_WANTED_MS) this.tooLong.byClock++;
    if (stall.coreMs > LONGEST_WANTED_MS) this.tooLong.byCore++;
    this.keep(stall);
  }

  private keep(stall: Stall): void {
    if (this.worst.length === WORST_KEPT && stall.ms <= (this.worst.at(-1)?.ms ?? 0)) return;
    this.worst.push(stall);
    this.worst.sort((a, b) => b.ms - a.ms);
    this.worst.length = Math.min(this.worst.length, WORST_KEPT);
  }
}
