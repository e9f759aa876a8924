import { setTimeout as delay } from 'node:timers/promises';

/** Sends one request: its number, and the moment of `performance.now()` at which it is due. */
export type Send = (number: number, dueAt: number) => Promise<void>;

/**
 * Sends `ratePerSecond` requests a second for `seconds`, each at its own time whether those before were answered or not: a client that
 * waits for slow answers would ask less just when it matters. Resolves when all are answered.
 */
export async function openLoad({ ratePerSecond, seconds }: { ratePerSecond: number; seconds: number }, send: Send): Promise<void> {
  const startedAt = performance.now();
  const underWay: Promise<void>[] = [];
  for (let number = 0; number < ratePerSecond * seconds; number++) {
    const dueAt = startedAt + (number * 1_000) / ratePerSecond;
    // A timer may come early by a fraction of a millisecond.
    for (let ms = dueAt - performance.now(); ms > 0; ms = dueAt - performance.now()) await delay(ms);
    underWay.push(send(number, dueAt));
  }
  await Promise.all(underWay);
}

/** Keeps `inFlight` requests under way for `seconds`: as many as the product can carry. Resolves when all are answered. */
export async function fullLoad({ inFlight, seconds }: { inFlight: number; seconds: number }, send: Send): Promise<void> {
  const endsAt = performance.now() + seconds * 1_000;
  let next = 0;
  const lane = async (): Promise<void> => {
    while (performance.now() < endsAt) await send(next++, performance.now());
  };
  await Promise.all(Array.from({ length: inFlight }, lane));
}
