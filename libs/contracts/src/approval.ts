import { z } from 'zod';
import { ActReason } from './act-reason';
import { PolicyDryRun } from './policy-dry-run';
import { LocalizedText } from './text';

/** Acts that one person proposes and another one approves before anything happens. A name is never reused. */
export const ActKind = z.enum([
  'verificationPolicy.set',
  'charge.settle',
  'bill.unbook',
  'tenant.erase',
  'subject.erase',
  'retention.set',
  'key.export',
  'provider.open',
  'consentPolicy.set',
  'signInPolicy.set',
]);
export type ActKind = z.infer<typeof ActKind>;

/** What the acts are called. */
export const ACT_NAMES: Readonly<Record<ActKind, LocalizedText>> = {
  'verificationPolicy.set': { 'zh-CN': '变更查验规则', en: 'Change the rules of verification' },
  'charge.settle': { 'zh-CN': '核销未知计费', en: 'Settle an unknown charge' },
  'bill.unbook': { 'zh-CN': '撤销入账', en: 'Take a booking back' },
  'tenant.erase': { 'zh-CN': '销毁租户数据', en: 'Erase a tenant' },
  'subject.erase': { 'zh-CN': '销毁个人信息', en: 'Erase a person’s data' },
  'retention.set': { 'zh-CN': '变更保存期限', en: 'Change retention' },
  'key.export': { 'zh-CN': '导出密钥', en: 'Export keys' },
  'consentPolicy.set': { 'zh-CN': '变更同意与授权规则', en: 'Change the policy of consent' },
  'signInPolicy.set': { 'zh-CN': '放宽登录要求', en: 'Demand less at the sign-in' },
  'provider.open': { 'zh-CN': '开通查验渠道或变更其合同', en: 'Open a provider, or change its contract' },
};

/** `expired` is told of what was open when its time ran out. */
export const ApprovalState = z.enum(['open', 'approved', 'rejected', 'withdrawn', 'expired']);
export type ApprovalState = z.infer<typeof ApprovalState>;

const Who = z.strictObject({ type: z.string(), id: z.string(), name: z.string() });

/** One value that the act would change, as it stood when the act was proposed. */
export const ActChange = z.strictObject({ field: z.string(), before: z.string().nullable(), after: z.string().nullable() });
export type ActChange = z.infer<typeof ActChange>;

/** A proposed act, which nothing has come of before a second person approves it. */
export const ApprovalView = z.strictObject({
  id: z.uuid(),
  kind: ActKind,
  name: LocalizedText,
  target: z.strictObject({ type: z.string(), id: z.string() }),
  /** Exactly what will be done, and nothing else. */
  payload: z.record(z.string(), z.unknown()),
  /** SHA-256 of kind and payload: a decision names it, so that nothing else is decided than what was looked at. */
  payloadHash: z.string(),
  changes: z.array(ActChange),
  /** What it would have decided otherwise of late, as it was found when it was proposed; null for what decides nothing. */
  dryRun: PolicyDryRun.nullable(),
  reason: z.string().nullable(),
  state: ApprovalState,
  proposedBy: Who,
  proposedAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  /** The scopes that a person needs to decide it. */
  decidedWith: z.array(z.string()),
  decision: z.strictObject({ by: Who, reason: z.string().nullable(), at: z.iso.datetime() }).nullable(),
});
export type ApprovalView = z.infer<typeof ApprovalView>;

export const ApprovalPage = z.strictObject({ items: z.array(ApprovalView), next: z.uuid().nullable() });
export type ApprovalPage = z.infer<typeof ApprovalPage>;

export const ApprovalQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(100).default(20),
  /** Id of the last one seen. */
  before: z.uuid().optional(),
  state: ApprovalState.optional(),
});
export type ApprovalQuery = z.infer<typeof ApprovalQuery>;

/** A person's word on another one's proposal. */
export const ApprovalDecision = z.strictObject({
  decision: z.enum(['approve', 'reject']),
  /** Of the proposal that was looked at. */
  payloadHash: z.string().regex(/^[0-9a-f]{64}$/, 'must be the payloadHash of the proposal'),
  reason: ActReason,
});
export type ApprovalDecision = z.infer<typeof ApprovalDecision>;
