// China has kept UTC+8 without daylight saving time since 1991.
const OFFSET_MS = 8 * 3_600_000;

/** The calendar day in Asia/Shanghai at an instant, as `YYYY-MM-DD`. */
export function shanghaiDay(at: Date): string {
  return new Date(at.getTime() + OFFSET_MS).toISOString().slice(0, 10);
}

/** The same day one year earlier. It may not exist (29 February): it is for comparing, and compares as 1 March would. */
export function yearBefore(day: string): string {
  return `${String(Number(day.slice(0, 4)) - 1).padStart(4, '0')}${day.slice(4)}`;
}
