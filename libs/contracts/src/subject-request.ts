import { z } from 'zod';
import { ActReason } from './act-reason';
import type { LocalizedText } from './text';

/** What a person asks of a bank that holds their data: to know of it (PIPL 44, 45), to have a copy (45), to have it erased (47). */
export const SubjectRequestKind = z.enum(['access', 'copy', 'erasure']);
export type SubjectRequestKind = z.infer<typeof SubjectRequestKind>;

/**
 * `searching`, `exporting`, `erasing`: a worker is at it. `found`: the records are known. `exported`: files can be fetched until they expire.
 * `done`: erased what was approved. `failed`: the search found more than names one person. `closed`: answered, or refused, by a person.
 */
export const SubjectRequestState = z.enum(['searching', 'found', 'exporting', 'exported', 'erasing', 'done', 'failed', 'closed']);
export type SubjectRequestState = z.infer<typeof SubjectRequestState>;

/** What the kinds are called. */
export const SUBJECT_REQUEST_KINDS: Readonly<Record<SubjectRequestKind, LocalizedText>> = {
  access: { 'zh-CN': '查阅', en: 'Access' },
  copy: { 'zh-CN': '复制', en: 'Copy' },
  erasure: { 'zh-CN': '删除', en: 'Erasure' },
};

const line = (most: number) =>
  z
    .string()
    .trim()
    .min(2, 'must be at least 2 characters')
    .max(most, `must be at most ${most} characters`)
    .regex(/^[^\p{Cc}\p{Cs}]+$/u, 'must be text on one line');

/** A request of a person, by exactly one of name and code. The name is in the body only: addresses stand in logs. */
export const SubjectRequestOrder = z
  .strictObject({
    kind: SubjectRequestKind,
    /** The payer's name, letter by letter as on the bill. */
    payer: line(200).optional(),
    /** 交款人统一社会信用代码, as on the bill. */
    payerCode: line(40).optional(),
    /** The bank's own number of the request. It must not name the person: it stands in the audit. */
    reference: line(100),
    purpose: line(200),
  })
  .refine(({ payer, payerCode }) => (payer === undefined) !== (payerCode === undefined), {
    path: ['payer'],
    message: 'give either payer or payerCode',
  });
export type SubjectRequestOrder = z.infer<typeof SubjectRequestOrder>;

/** What a second person approves before a person's data is erased: the request, and what was found for it. */
export const SubjectErasureProposal = z.strictObject({
  requestId: z.uuid(),
  reference: z.string(),
  receipts: z.int().min(0),
  verifications: z.int().min(0),
  /** SHA-256 over the ids of what was found, in hex. */
  foundHash: z.string().regex(/^[0-9a-f]{64}$/),
});
export type SubjectErasureProposal = z.infer<typeof SubjectErasureProposal>;

/** Proposes the erasure of what was found; `foundHash` is what the proposer looked at. */
export const SubjectErasureRequest = z.strictObject({
  foundHash: z.string().regex(/^[0-9a-f]{64}$/, 'must be the foundHash of the request'),
  reason: ActReason,
});
export type SubjectErasureRequest = z.infer<typeof SubjectErasureRequest>;

/** Ends a request by hand, with how it was answered. */
export const SubjectRequestClosing = z.strictObject({ reason: ActReason });
export type SubjectRequestClosing = z.infer<typeof SubjectRequestClosing>;

const by = z.strictObject({ id: z.string(), name: z.string() });

const FOUND = {
  receiptCount: z.int().min(0),
  verificationCount: z.int().min(0),
  foundHash: z.string(),
  foundAt: z.iso.datetime(),
};

/** A request without the name it is about, which no answer repeats. */
export const SubjectRequestView = z.strictObject({
  id: z.uuid(),
  kind: SubjectRequestKind,
  state: SubjectRequestState,
  by: z.enum(['payer', 'payerCode']),
  reference: z.string(),
  purpose: z.string(),
  openedBy: by,
  openedAt: z.iso.datetime(),
  /** The fifteenth working day after it was opened (Asia/Shanghai), Saturdays and Sundays not counted; holidays are not known here. */
  dueOn: z.iso.date(),
  /** Not answered, and its day is over. */
  isOverdue: z.boolean(),
  found: z
    .strictObject({
      ...FOUND,
      /** At most 1,000 ids of each from the place that was asked for; tens of thousands may name one person. */
      receipts: z.array(z.uuid()),
      verifications: z.array(z.uuid()),
      /** The `after` of the following ids, null where there are none. */
      next: z.int().min(1).nullable(),
    })
    .nullable(),
  /** Parts of the export, each to be fetched by its number from 1; empty once they have expired. */
  exports: z.array(z.strictObject({ number: z.int().min(1), byteSize: z.int().min(0), sha256: z.string() })),
  exportedAt: z.iso.datetime().nullable(),
  /** What the erasure came to; `held` stay under a legal hold, and `left` is what a search after it still found. Proofs name the rule. */
  erasure: z
    .strictObject({
      approvalId: z.uuid(),
      rule: z.string(),
      erased: z.int().min(0).nullable(),
      held: z.int().min(0).nullable(),
      left: z.int().min(0).nullable(),
    })
    .nullable(),
  closed: z.strictObject({ by, at: z.iso.datetime(), reason: z.string() }).nullable(),
});
export type SubjectRequestView = z.infer<typeof SubjectRequestView>;

/** Which ids of what was found are shown: those behind the first `after` of each. */
export const SubjectRequestQuery = z.strictObject({ after: z.coerce.number().int().min(0).max(100_000).default(0) });
export type SubjectRequestQuery = z.infer<typeof SubjectRequestQuery>;

/** A request as a row of the list: how much was found, and no ids. */
export const SubjectRequestSummary = SubjectRequestView.extend({ found: z.strictObject(FOUND).nullable() });
export type SubjectRequestSummary = z.infer<typeof SubjectRequestSummary>;

/** Newest first. `next` is the `before` of the following page, null on the last one. */
export const SubjectRequestPage = z.strictObject({ items: z.array(SubjectRequestSummary), next: z.uuid().nullable() });
export type SubjectRequestPage = z.infer<typeof SubjectRequestPage>;
