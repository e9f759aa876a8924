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

/** Puts the clock right again: for `afterEach`. */
export function realTime(): void {
  jest.useRealTimers();
}
