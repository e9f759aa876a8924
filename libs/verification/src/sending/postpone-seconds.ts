const SHORTEST_SECONDS = 2;
const LONGEST_SECONDS = 300;
const LONGEST_FOR_ROOM_SECONDS = 60;

/** How long to wait before asking egress about an attempt again: half its age, so that an outage is asked about ever less often. */
export function postponeSeconds(intendedAt: Date, now: Date): number {
  const halfAge = Math.round((now.getTime() - intendedAt.getTime()) / 2_000);
  return Math.min(LONGEST_SECONDS, Math.max(SHORTEST_SECONDS, halfAge));
}

/** How long to wait for room at the provider: what the gateway says, and longer the longer the queue has been. */
export function throttleSeconds(retryAfterMs: number, intendedAt: Date, now: Date): number {
  const told = Math.ceil(retryAfterMs / 1_000);
  return Math.min(LONGEST_SECONDS, Math.max(1, told, Math.min(LONGEST_FOR_ROOM_SECONDS, postponeSeconds(intendedAt, now))));
}

/** How long to wait for a circuit that may be tried again at `until`. The waiting spread, lest all come back in the same second. */
export function holdSeconds(until: Date | null, intendedAt: Date, now: Date): number {
  const usual = postponeSeconds(intendedAt, now);
  if (until === null) return usual;
  const left = Math.max(0, Math.ceil((until.getTime() - now.getTime()) / 1_000));
  return Math.min(LONGEST_SECONDS, left + 1 + Math.floor(Math.random() * SHORTEST_SECONDS * 2));
}
