/** Uses are noted to the minute by the API, so that a session may rest one minute less than its limit. */
const NOTED_MS = 60_000;
/** How long before its end a session says so: the least that WCAG 2.2.1 wants is 20 seconds. */
const WARNED_MS = 120_000;
/** Whoever did something so shortly ago is at work. Not longer: a session must be able to end by resting. */
const AT_WORK_MS = 60_000;

export interface SessionClock {
  readonly nowMs: number;
  /** When the API last answered this browser. */
  readonly usedMs: number;
  /** When the person last did anything in this tab. */
  readonly actedMs: number;
  /** When the session ends however much it is used. */
  readonly endsMs: number;
  readonly idleMinutes: number;
}

/**
 * How a session stands. `goesOn`: its person is at work while it is about to end by resting, so that the API is to be told. `resting` and
 * `ending`: it ends at `atMs` by resting, or for good. `over`: the API takes it no longer.
 */
export type SessionStanding = { is: 'fine' | 'goesOn' | 'over' } | { is: 'resting' | 'ending'; atMs: number };

export function standingAt({ nowMs, usedMs, actedMs, endsMs, idleMinutes }: SessionClock): SessionStanding {
  const restMs = usedMs + idleMinutes * 60_000 - NOTED_MS;
  if (nowMs >= Math.min(restMs, endsMs)) return { is: 'over' };
  if (nowMs >= endsMs - WARNED_MS) return { is: 'ending', atMs: endsMs };
  if (nowMs < restMs - WARNED_MS) return { is: 'fine' };
  return actedMs > usedMs && nowMs - actedMs < AT_WORK_MS ? { is: 'goesOn' } : { is: 'resting', atMs: restMs };
}
