import { z } from 'zod';

/** Whether what an entry tells of was done, or tried in vain. */
export const AuditResult = z.enum(['success', 'failure']);
export type AuditResult = z.infer<typeof AuditResult>;

/** No question goes beyond a quarter: the answer must come at once, however much there is. */
export const LONGEST_AUDIT_WINDOW_DAYS = 93;

const word = (longest: number) =>
  z
    .string()
    .max(longest, `must be at most ${longest} characters`)
    .regex(/^[^\p{Cc}\p{Cs}]+$/u, 'must be text on one line');
const moment = z.iso.datetime({ offset: true, message: 'must be a time such as 2026-07-13T00:00:00Z' });

const filters = {
  /** The first moment. */
  from: moment,
  /** The moment behind the last one. */
  to: moment,
  action: word(60).optional(),
  actorId: word(200).optional(),
  targetType: word(60).optional(),
  /** Needs `targetType`. */
  targetId: word(200).optional(),
  /** As problems and the log tell it. */
  requestId: word(60).optional(),
  result: AuditResult.optional(),
};
type Window = { from: string; to: string; targetType?: string | undefined; targetId?: string | undefined };

const DAY_MS = 86_400_000;

function bounded(question: Window, context: z.core.$RefinementCtx<Window>): void {
  const length = Date.parse(question.to) - Date.parse(question.from);
  if (length <= 0) context.addIssue({ code: 'custom', path: ['to'], message: 'must be after from' });
  if (length > LONGEST_AUDIT_WINDOW_DAYS * DAY_MS)
    context.addIssue({ code: 'custom', path: ['to'], message: `must be at most ${LONGEST_AUDIT_WINDOW_DAYS} days after from` });
  if (question.targetId !== undefined && question.targetType === undefined)
    context.addIssue({ code: 'custom', path: ['targetType'], message: 'is required with targetId' });
}

/** Query of the audit, newest first. */
export const AuditQuery = z
  .strictObject({
    ...filters,
    limit: z.coerce.number().int().min(1).max(200).default(50),
    cursor: z
      .string()
      .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{6}Z\.[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, 'must be the next of a page')
      .optional(),
  })
  .superRefine(bounded);
export type AuditQuery = z.infer<typeof AuditQuery>;

/** Query of the export, newest first. `jsonl` is one JSON object a line, as a page has them. */
export const AuditExportQuery = z
  .strictObject({ ...filters, format: z.enum(['csv', 'jsonl']), language: z.enum(['zh-CN', 'en']).default('zh-CN') })
  .superRefine(bounded);
export type AuditExportQuery = z.infer<typeof AuditExportQuery>;

const value = z.union([z.string(), z.number(), z.boolean(), z.null()]);

/** One thing that happened. `origin` is null where no request caused it. */
export const AuditEntryView = z.strictObject({
  id: z.uuid(),
  /** In UTC, to the microsecond. */
  recordedAt: z.string(),
  action: z.string(),
  result: AuditResult,
  actor: z.strictObject({
    type: z.string(),
    id: z.string(),
    name: z.string(),
    /** The roles of a person at that time; null for whoever is no person. */
    roles: z.array(z.string()).nullable(),
  }),
  target: z.strictObject({ type: z.string(), id: z.string() }),
  origin: z
    .strictObject({ requestId: z.string().nullable(), clientAddress: z.string().nullable(), userAgent: z.string().nullable() })
    .nullable(),
  detail: z.record(z.string(), value),
});
export type AuditEntryView = z.infer<typeof AuditEntryView>;

/** `next` is the `cursor` of the following page, null on the last one. */
export const AuditPage = z.strictObject({ items: z.array(AuditEntryView), next: z.string().nullable() });
export type AuditPage = z.infer<typeof AuditPage>;

/** How far the forwarding to the SIEM is. `entries` counts what was received; nothing was ever tried where all times are null. */
export const AuditForwardingView = z.strictObject({
  entries: z.string(),
  forwardedAt: z.iso.datetime().nullable(),
  /** How long the oldest entry that was not received has been waiting; 0 when none is. */
  lagSeconds: z.int().min(0),
  failingSince: z.iso.datetime().nullable(),
  failure: z.string().nullable(),
});
export type AuditForwardingView = z.infer<typeof AuditForwardingView>;
