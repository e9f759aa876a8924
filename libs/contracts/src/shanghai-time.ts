const DAY_MS = 86_400_000;

/** How far Asia/Shanghai is ahead of UTC, all year: China has kept UTC+8 without daylight saving time since 1991. */
export const SHANGHAI_OFFSET_MS = 8 * 3_600_000;

/** The calendar day in Asia/Shanghai at an instant, as `YYYY-MM-DD`. */
export function shanghaiDay(at: Date): string {
  return written(at).slice(0, 10);
}

/** Date and minute in Asia/Shanghai at an instant, as a person reads it: `2026-11-27 00:00`. */
export function shanghaiMinute(at: Date): string {
  return written(at).slice(0, 16).replace('T', ' ');
}

/** Date and second in Asia/Shanghai at an instant, as it stands in a table: `2026-11-27 00:00:00`. */
export function shanghaiSecond(at: Date): string {
  return written(at).slice(0, 19).replace('T', ' ');
}

/** The instant at which a day begins in Asia/Shanghai. */
export function startOfShanghaiDay(day: string): Date {
  return new Date(Date.parse(`${day}T00:00:00Z`) - SHANGHAI_OFFSET_MS);
}

/** The instant at which the day after begins in Asia/Shanghai. */
export function nextShanghaiDay(day: string): Date {
  return new Date(startOfShanghaiDay(day).getTime() + DAY_MS);
}

/** The instant at which the month after that of a day begins in Asia/Shanghai. */
export function nextShanghaiMonth(day: string): Date {
  const [year = 0, month = 1] = day.split('-').map(Number);
  return new Date(Date.UTC(year, month, 1) - SHANGHAI_OFFSET_MS);
}

/** The same day one year earlier. It may not exist (29 February): it is for comparing, and compares as 1 March would. */
export function yearBefore(day: string): string {
  return `${String(Number(day.slice(0, 4)) - 1).padStart(4, '0')}${day.slice(4)}`;
}

const written = (at: Date): string => new Date(at.getTime() + SHANGHAI_OFFSET_MS).toISOString();
