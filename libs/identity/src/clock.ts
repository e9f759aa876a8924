/** What time it is. Injected, so that limits can be tested to the second. */
export interface Clock {
  now(): Date;
}

export const SYSTEM_CLOCK: Clock = { now: () => new Date() };
