const SHORTEST_SECONDS = 2;
const LONGEST_SECONDS = 300;

/** How long to wait before asking egress about an attempt again: half its age, so that an outage is asked about ever less often. */
export function postponeSeconds(intendedAt: Date, now: Date): number {
  const halfAge = Math.round((now.getTime() - intendedAt.getTime()) / 2_000);
  return Math.min(LONGEST_SECONDS, Math.max(SHORTEST_SECONDS, halfAge));
}
