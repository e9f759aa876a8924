import { z } from 'zod';
import { ELEMENT_NAMES } from './elements';
import { ProviderId } from './outcome';
import { BasisView } from './processing-basis';
import { LocalizedText } from './text';
import { Verdict } from './verification';

/**
 * `draft`: checked, nothing is asked before it is started. `running`: its rows are asked, some at a time. `paused`: no further row is asked,
 * those under way end. `cancelled`: the rows not yet asked never are. `done`: every row has its answer.
 */
export const VerificationBatchState = z.enum(['draft', 'running', 'paused', 'cancelled', 'done']);
export type VerificationBatchState = z.infer<typeof VerificationBatchState>;

/**
 * `error`: it cannot be asked as it stands. `duplicate`: the same five elements stand in an earlier row, whose answer is its own. `skipped`: a
 * receipt that may not be verified yet. `pending`: to be asked. `begun`: asked, not yet answered. `ended`: answered, or ended without an
 * answer. `refused`: the request was refused, nothing was sent. `cancelled`: never asked.
 */
export const BatchRowState = z.enum(['error', 'duplicate', 'skipped', 'pending', 'begun', 'ended', 'refused', 'cancelled']);
export type BatchRowState = z.infer<typeof BatchRowState>;

/** The columns of a batch's table. `reference` is the caller's own note: it is given back and never sent anywhere. */
export const BATCH_COLUMNS = [...ELEMENT_NAMES, 'reference'] as const;
export const BatchColumn = z.enum(BATCH_COLUMNS);
export type BatchColumn = z.infer<typeof BatchColumn>;

/** What keeps a row from being asked. `column` is null where it is no matter of one column. */
export const BatchRowError = z.strictObject({
  /** The row's number in the batch, from 1. */
  row: z.int().min(1),
  /** Its line in the file, null for a receipt. */
  line: z.int().nullable(),
  column: BatchColumn.nullable(),
  code: z.string(),
  message: LocalizedText,
  receiptId: z.uuid().nullable(),
});
export type BatchRowError = z.infer<typeof BatchRowError>;

/** Errors in the order of the rows. `next` is the `after` of the following page, null on the last one. */
export const BatchErrorPage = z.strictObject({ items: z.array(BatchRowError), next: z.int().nullable() });
export type BatchErrorPage = z.infer<typeof BatchErrorPage>;

/** What asking would cost as things stand. Rows that are answered already or under way anyway cost nothing. */
export const BatchEstimate = z.strictObject({
  /** Rows answered by what an earlier verification told. */
  cached: z.int(),
  /** Rows whose very question is under way already. */
  underWay: z.int(),
  /** Rows for which the provider must be called: what `start` confirms. */
  calls: z.int(),
  /** Of one call, in yuan with two places, up to four where the contract has them. */
  priceYuan: z.string(),
  costYuan: z.string(),
});
export type BatchEstimate = z.infer<typeof BatchEstimate>;

/** How far a batch is. */
export const BatchProgress = z.strictObject({
  states: z.record(BatchRowState, z.int()),
  /** Of the rows that ended. */
  verdicts: z.record(Verdict, z.int()),
  /** What its verifications cost so far: an unknown charge stays so until it is reconciled. */
  charges: z.strictObject({ charged: z.int(), notCharged: z.int(), unknown: z.int() }),
  /** At the pace of the last minute; null when nothing ended in it, or nothing is left. */
  remainingSeconds: z.int().nullable(),
});
export type BatchProgress = z.infer<typeof BatchProgress>;

export const VerificationBatchView = z.strictObject({
  id: z.uuid(),
  source: z.enum(['table', 'receipts']),
  fileName: z.string().nullable(),
  state: VerificationBatchState,
  /** The code of the problem for which it was paused by itself; null when a person paused it. */
  pauseReason: z.string().nullable(),
  provider: ProviderId.nullable(),
  counts: z.strictObject({ rows: z.int(), ok: z.int(), errors: z.int(), duplicates: z.int(), skipped: z.int() }),
  /** Of a draft as things stand now; afterwards what was confirmed when it was started. */
  estimate: BatchEstimate,
  progress: BatchProgress,
  firstErrors: z.array(BatchRowError),
  /** By what right and what for its bills are verified. */
  bases: z.array(BasisView),
  /** What `bases` say is shown masked; whoever may see it names a purpose. */
  masked: z.boolean(),
  createdAt: z.iso.datetime(),
  startedAt: z.iso.datetime().nullable(),
  finishedAt: z.iso.datetime().nullable(),
});
export type VerificationBatchView = z.infer<typeof VerificationBatchView>;

/** A batch as a row of a list. */
export const VerificationBatchSummary = VerificationBatchView.omit({
  ...{ estimate: true, progress: true, firstErrors: true },
  ...{ bases: true, masked: true },
});
export type VerificationBatchSummary = z.infer<typeof VerificationBatchSummary>;

/** Newest first. `next` is the `before` of the following page, null on the last one. */
export const VerificationBatchPage = z.strictObject({ items: z.array(VerificationBatchSummary), next: z.uuid().nullable() });
export type VerificationBatchPage = z.infer<typeof VerificationBatchPage>;

/** Starts a batch: `calls` is the estimate's number, so that nobody pays for more than was seen. */
export const BatchStartRequest = z.strictObject({ calls: z.int().min(0) });
export type BatchStartRequest = z.infer<typeof BatchStartRequest>;

/** As many ids as a request's body has room for. */
const MAX_RECEIPTS = 400;

/** A batch of the bills of receipts: of an uploaded archive, or of those that are named. */
export const BatchFromReceiptsRequest = z
  .strictObject({
    receiptBatchId: z.uuid().optional(),
    receiptIds: z.array(z.uuid()).min(1).max(MAX_RECEIPTS).optional(),
    provider: ProviderId.optional(),
  })
  .refine((request) => (request.receiptBatchId === undefined) !== (request.receiptIds === undefined), {
    message: 'give receiptBatchId or receiptIds',
    path: ['receiptIds'],
  });
export type BatchFromReceiptsRequest = z.infer<typeof BatchFromReceiptsRequest>;

/** Query of an upload. */
export const BatchUploadQuery = z.strictObject({ provider: ProviderId.optional() });
export type BatchUploadQuery = z.infer<typeof BatchUploadQuery>;

/** Query of the batch's files. */
export const BatchFileQuery = z.strictObject({
  format: z.enum(['xlsx', 'csv']).default('xlsx'),
  language: z.enum(['zh-CN', 'en']).default('zh-CN'),
});
export type BatchFileQuery = z.infer<typeof BatchFileQuery>;

/** Query of the errors: at most `limit` rows' errors behind the row `after`. */
export const BatchErrorQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  after: z.coerce.number().int().min(0).default(0),
});
export type BatchErrorQuery = z.infer<typeof BatchErrorQuery>;
