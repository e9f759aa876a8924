import { nextShanghaiDay, type QuotaKind, shanghaiDay } from '@app/contracts';

const isDaily = (kind: QuotaKind): boolean => kind === 'uploadsPerDay' || kind === 'exportsPerDay';

/** The period that a use counts in: the day in Asia/Shanghai, or all time. */
export function periodOf(kind: QuotaKind, at: Date): string {
  return isDaily(kind) ? shanghaiDay(at) : 'all';
}

/** When what is used is free again by itself; null for what is not counted by the day. */
export function freeAt(kind: QuotaKind, at: Date): Date | null {
  return isDaily(kind) ? nextShanghaiDay(shanghaiDay(at)) : null;
}
