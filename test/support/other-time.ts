const REAL = [
  ...(['hrtime', 'nextTick', 'performance', 'queueMicrotask', 'setImmediate', 'clearImmediate'] as const),
  ...(['setInterval', 'clearInterval', 'setTimeout', 'clearTimeout'] as const),
];

/** Sets this process's clock, and nothing else: timers and the database go on as they are. It stands still until `realTime`. */
export function timeIs(now: Date): void {
  jest.useFakeTimers({ now, doNotFake: REAL });
}

let latest = 0;

/** Moves the clock on, and never back behind where an earlier call left it: what was remembered for less is forgotten. */
export function timePasses(ms: number): void {
  latest = Math.max(latest, Date.now()) + ms;
  timeIs(new Date(latest));
}

const DAY_MS = 86_400_000;
const NOON_MS = 4 * 3_600_000;
let noons = 0;

/**
 * Stops the clock at about the next noon in Shanghai, for tests of what counts by the day: it would count anew if midnight came in the middle of
 * one. Each time a minute later, so that what an earlier test made a service remember for seconds is forgotten.
 */
export function noonInShanghai(): void {
  noons += 1;
  timeIs(new Date(Math.ceil((Date.now() - NOON_MS) / DAY_MS) * DAY_MS + NOON_MS + noons * 60_000));
}

/** Puts the clock right again: for `afterEach`. */
export function realTime(): void {
  jest.useRealTimers();
}
