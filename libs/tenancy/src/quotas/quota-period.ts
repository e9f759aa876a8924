import type { QuotaKind } from '@app/contracts';

// China has kept UTC+8 without daylight saving time since 1991.
const OFFSET_MS = 8 * 3_600_000;
const DAY_MS = 86_400_000;

const isDaily = (kind: QuotaKind): boolean => kind === 'uploadsPerDay' || kind === 'exportsPerDay';

/** The period that a use counts in: the day in Asia/Shanghai, or all time. */
export function periodOf(kind: QuotaKind, at: Date): string {
  return isDaily(kind) ? new Date(at.getTime() + OFFSET_MS).toISOString().slice(0, 10) : 'all';
}

/** When what is used is free again by itself; null for what is not counted by the day. */
export function freeAt(kind: QuotaKind, at: Date): Date | null {
  if (!isDaily(kind)) return null;
  return new Date(Math.floor((at.getTime() + OFFSET_MS) / DAY_MS) * DAY_MS + DAY_MS - OFFSET_MS);
}
