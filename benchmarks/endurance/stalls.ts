/** How long a thread kept others waiting, in milliseconds. */
export interface Stalls {
  longestMs: number;
  p99Ms: number;
  p999Ms: number;
  ticks: number;
}

/** One stall, and the core time the thread had from the tick before it to its end. */
export interface Stall {
  ms: number;
  coreMs: number;
}

/** A request that comes at the worst moment waits no longer than this for the thread, so we want it. */
export const LONGEST_WANTED_MS = 15;

/** The stalls of one thread while it was watched. */
export interface StallReport {
  /** By `monitorEventLoopDelay`. */
  monitor: Stalls;
  /** By a timer of one's own. */
  timer: Stalls;
  /** Core time of the thread from tick to tick: what a stall would be were a core always free. */
  core: Stalls;
  worst: Stall[];
  /** Stalls longer than wanted, and those of them in which the thread itself worked for so long. */
  tooLong: { byClock: number; byCore: number };
  longestGcMs: number;
}

/** What is asked of a histogram. */
interface Distribution {
  readonly max: number;
  readonly count: number;
  percentile(percentile: number): number;
}

/** The stalls in a histogram whose values are `unitsPerMs` to the millisecond and hold `waitedMs` that had been asked for. */
export function stallsOf(distribution: Distribution, unitsPerMs: number, waitedMs: number): Stalls {
  const { count } = distribution;
  // A histogram without values has a maximum of its own making.
  const ms = (value: number) => (count === 0 ? 0 : Math.max(0, value / unitsPerMs - waitedMs));
  return {
    longestMs: ms(distribution.max),
    p99Ms: ms(distribution.percentile(99)),
    p999Ms: ms(distribution.percentile(99.9)),
    ticks: count,
  };
}
