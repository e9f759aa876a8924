const MINUTE = 60;
const HOUR = 3_600;

/** As Standard Webhooks suggests: after these waits a delivery has been tried for more than three days. */
const DELAYS_SECONDS = [5, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR, 14 * HOUR, 20 * HOUR, 24 * HOUR];
/** Up to a fifth longer, so that what failed together does not come back together. */
const JITTER = 0.2;

/** Tries that a delivery has. */
export const MAX_TRIES = DELAYS_SECONDS.length + 1;

/** Whole seconds to wait after so many failed tries; null when there is no further try. `random` is from 0 to 1. */
export function retryDelaySeconds(failedTries: number, random: number = Math.random()): number | null {
  const delay = DELAYS_SECONDS[failedTries - 1];
  return delay === undefined ? null : Math.round(delay * (1 + JITTER * random));
}
