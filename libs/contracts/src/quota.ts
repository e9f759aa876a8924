import { z } from 'zod';
import type { LocalizedText } from './text';

/**
 * What a tenant may use up. `uploadsPerDay`: receipts taken in on a day in Asia/Shanghai. `storedBytes`: originals that are kept, as they were
 * uploaded. `waitingReceipts`: receipts that wait to be read. `exportsPerDay`: exports of the ledger on such a day.
 */
export const QuotaKind = z.enum(['uploadsPerDay', 'storedBytes', 'waitingReceipts', 'exportsPerDay']);
export type QuotaKind = z.infer<typeof QuotaKind>;

/** What the quotas are called. */
export const QUOTA_NAMES: Readonly<Record<QuotaKind, LocalizedText>> = {
  uploadsPerDay: { 'zh-CN': '每日上传份数', en: 'Uploads a day' },
  storedBytes: { 'zh-CN': '原件存储字节数', en: 'Stored bytes of originals' },
  waitingReceipts: { 'zh-CN': '待识别份数', en: 'Receipts waiting to be read' },
  exportsPerDay: { 'zh-CN': '每日台账导出次数', en: 'Exports of the ledger a day' },
};

/** Bounds, whole numbers; null is none. */
export const QuotaLimits = z.record(QuotaKind, z.int().min(0).nullable());
export type QuotaLimits = z.infer<typeof QuotaLimits>;

/** One quota: its bound, what is used of it now, and when used room is free again by itself; null where that depends on what is done. */
export const QuotaState = z.strictObject({
  limit: z.int().min(0).nullable(),
  used: z.int().min(0),
  freeAt: z.iso.datetime().nullable(),
});
export type QuotaState = z.infer<typeof QuotaState>;

/** A tenant's quotas. Version 0 is none set. */
export const QuotasView = z.strictObject({
  version: z.int().min(0),
  quotas: z.record(QuotaKind, QuotaState),
  setAt: z.iso.datetime().nullable(),
});
export type QuotasView = z.infer<typeof QuotasView>;
