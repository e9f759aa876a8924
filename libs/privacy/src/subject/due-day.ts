import { shanghaiDay } from '@app/contracts';
const DAY_MS = 86_400_000;
const WORKING_DAYS = 15;

/**
 * The day by which a request of this instant is to be answered: the fifteenth working day after it. The law says 及时 (PIPL 45, 47), the number
 * is this product's choice. Public holidays, and weekends worked in exchange for them, are decreed each year and not known here.
 */
export function dueDay(openedAt: Date): string {
  let day = new Date(shanghaiDay(openedAt));
  for (let left = WORKING_DAYS; left > 0;) {
    day = new Date(day.getTime() + DAY_MS);
    if (day.getUTCDay() % 6 !== 0) left -= 1;
  }
  return day.toISOString().slice(0, 10);
}

/** Whether the day is over at this instant, in Asia/Shanghai. */
export function isPast(dueOn: string, at: Date): boolean {
  return shanghaiDay(at) > dueOn;
}
