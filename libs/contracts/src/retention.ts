import { z } from 'zod';
import type { LocalizedText } from './text';

/**
 * Classes of data by how long they are kept. `verdict`: outcome, flags, charge and audit, never erased. `original`: the uploaded document and
 * its page pictures. `detail`: what a provider told beyond the verdict, its raw reply included. `personal`: our reading and its corrections.
 * `rejected`: uploads that were no bill or could not be read. `draft`: batches that were never started. `delivery`: webhook messages.
 */
export const RetentionClass = z.enum(['verdict', 'original', 'detail', 'personal', 'rejected', 'draft', 'delivery']);
export type RetentionClass = z.infer<typeof RetentionClass>;

/** What the classes are called. */
export const RETENTION_CLASSES: Readonly<Record<RetentionClass, LocalizedText>> = {
  verdict: { 'zh-CN': '查验结论与审计', en: 'Verdict and audit' },
  original: { 'zh-CN': '票据原件', en: 'Original' },
  detail: { 'zh-CN': '渠道返回明细', en: 'Upstream detail' },
  personal: { 'zh-CN': '识别所得个人信息', en: 'Personal fields of our reading' },
  rejected: { 'zh-CN': '被拒收的上传', en: 'Rejected uploads' },
  draft: { 'zh-CN': '未启动的批次', en: 'Batches never started' },
  delivery: { 'zh-CN': '通知消息', en: 'Webhook messages' },
};

const days = z.int().min(1, 'must be at least 1 day').max(36_500, 'must be at most 36500 days').nullable();

/** Whole days after which each class is erased; null is never. */
export const RetentionDays = z.strictObject({
  verdict: z.null('is never erased'),
  original: days,
  detail: days,
  personal: days,
  rejected: days,
  draft: days,
  delivery: days,
});
export type RetentionDays = z.infer<typeof RetentionDays>;

/** The rules that stand. Version 0 are those that no one set. */
export const RetentionView = z.strictObject({
  version: z.int().min(0),
  days: RetentionDays,
  setBy: z.strictObject({ id: z.string(), name: z.string() }).nullable(),
  setAt: z.iso.datetime().nullable(),
});
export type RetentionView = z.infer<typeof RetentionView>;

/** Other rules; what is not named stays. `basedOn` is the version that was seen: who saw an older one than stands is refused. */
export const RetentionRequest = z.strictObject({ basedOn: z.int().min(0), days: RetentionDays.partial() });
export type RetentionRequest = z.infer<typeof RetentionRequest>;

/** How many records of each class are due now, of how many under a legal hold; counted up to 10,000. */
export const RetentionPreview = z.strictObject({
  version: z.int().min(0),
  due: z.record(RetentionClass, z.int().min(0)),
});
export type RetentionPreview = z.infer<typeof RetentionPreview>;

const line = z
  .string()
  .trim()
  .min(2, 'must be at least 2 characters')
  .max(200, 'must be at most 200 characters')
  .regex(/^[^\p{Cc}\p{Cs}]+$/u, 'must be text on one line');

/** 法律保留: keeps a receipt, or a bill of the ledger with all that shows or verified it, from being erased. */
export const LegalHoldRequest = z.strictObject({ targetType: z.enum(['bill', 'receipt']), targetId: z.uuid(), reason: line });
export type LegalHoldRequest = z.infer<typeof LegalHoldRequest>;

export const LegalHoldRelease = z.strictObject({ reason: line });
export type LegalHoldRelease = z.infer<typeof LegalHoldRelease>;

const by = z.strictObject({ id: z.string(), name: z.string() });

export const LegalHoldView = z.strictObject({
  id: z.uuid(),
  targetType: z.enum(['bill', 'receipt']),
  targetId: z.uuid(),
  reason: z.string(),
  placedBy: by,
  placedAt: z.iso.datetime(),
  released: z.strictObject({ by, at: z.iso.datetime(), reason: z.string() }).nullable(),
});
export type LegalHoldView = z.infer<typeof LegalHoldView>;

/** Newest first. `next` is the `before` of the following page, null on the last one. */
export const LegalHoldPage = z.strictObject({ items: z.array(LegalHoldView), next: z.uuid().nullable() });
export type LegalHoldPage = z.infer<typeof LegalHoldPage>;

/** Proof that one record's part was erased: of what class, when, by which rule, and the SHA-256 of what it was. */
export const ErasureProofView = z.strictObject({
  id: z.uuid(),
  class: RetentionClass,
  recordType: z.string(),
  recordId: z.string(),
  /** `retention/` and the version of the rules, or `subject/` and the request of the person concerned. */
  rule: z.string(),
  sha256: z.string(),
  objectCount: z.int().min(0),
  erasedAt: z.iso.datetime(),
});
export type ErasureProofView = z.infer<typeof ErasureProofView>;

/** Newest first. `next` is the `before` of the following page, null on the last one. */
export const ErasureProofPage = z.strictObject({ items: z.array(ErasureProofView), next: z.uuid().nullable() });
export type ErasureProofPage = z.infer<typeof ErasureProofPage>;
