import { ChargeSummaryQuery } from '@app/contracts';

/** Days of Asia/Shanghai as YYYY-MM-DD, both included. */
export interface Period {
  readonly from: string;
  readonly to: string;
}

export const PERIOD_NAMES = ['thisMonth', 'lastMonth', 'last30Days', 'thisYear'] as const;
export type PeriodName = (typeof PERIOD_NAMES)[number];

const DAY_MS = 86_400_000;
const CHINA_OFFSET_MS = 8 * 3_600_000;

/** The day it is in China, wherever the browser stands: costs are counted by its days. */
export function todayInChina(now: Date): string {
  return dayOf(now.getTime() + CHINA_OFFSET_MS);
}

/** A period by its name, up to `today` or before it. */
export function periodOf(name: PeriodName, today: string): Period {
  const at = Date.parse(today);
  switch (name) {
    case 'thisMonth':
      return { from: `${today.slice(0, 7)}-01`, to: today };
    case 'lastMonth': {
      const last = dayOf(Date.parse(`${today.slice(0, 7)}-01`) - DAY_MS);
      return { from: `${last.slice(0, 7)}-01`, to: last };
    }
    case 'last30Days':
      return { from: dayOf(at - 29 * DAY_MS), to: today };
    case 'thisYear':
      return { from: `${today.slice(0, 4)}-01-01`, to: today };
  }
}

/** Which named period these days are; null when they are none. */
export function nameOf({ from, to }: Period, today: string): PeriodName | null {
  return PERIOD_NAMES.find((name) => periodOf(name, today).from === from && periodOf(name, today).to === to) ?? null;
}

/** The days as the API takes them; null for what it would refuse. */
export function queryOf(period: Period, by: ChargeSummaryQuery['by']): ChargeSummaryQuery | null {
  const query = ChargeSummaryQuery.safeParse({ ...period, by });
  return query.success ? query.data : null;
}

function dayOf(utcMs: number): string {
  return new Date(utcMs).toISOString().slice(0, 10);
}
