const DAY_MS = 86_400_000;
const DAY_SECONDS = 86_400;

/** Day 0 of a workbook's calendar. The first one counts a 29 February 1900 that never was, so that it is right from 1 March 1900. */
const DAY_ZERO = { from1900: Date.UTC(1899, 11, 30), from1904: Date.UTC(1904, 0, 1) } as const;

const FIRST_TRUE_DAY = 61;
/** 31 December 9999. */
const LAST_DAY = 2_958_465;

/** A spreadsheet's date with its time of day as `YYYY-MM-DD HH:mm:ss`, to the nearest second; null when it is none. */
export function serialTime(stored: string, calendar: keyof typeof DAY_ZERO): string | null {
  if (serialDate(stored, calendar) === null) return null;
  const seconds = Math.round(Number(stored) * DAY_SECONDS);
  return new Date(DAY_ZERO[calendar] + seconds * 1_000).toISOString().slice(0, 'YYYY-MM-DDTHH:mm:ss'.length).replace('T', ' ');
}

/** The day of a spreadsheet's date as `YYYY-MM-DD`, its time of day left off; null when it is none. */
export function serialDate(stored: string, calendar: keyof typeof DAY_ZERO): string | null {
  if (!/^\d{1,7}(?:\.\d+)?$/.test(stored)) return null;
  const day = Math.trunc(Number(stored));
  if (day > LAST_DAY || day < (calendar === 'from1900' ? FIRST_TRUE_DAY : 0)) return null;
  return new Date(DAY_ZERO[calendar] + day * DAY_MS).toISOString().slice(0, 10);
}
