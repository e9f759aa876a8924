import { z } from 'zod';
import { CorrectionView } from './correction';
import { ErasedPart } from './erased-part';
import { BasisView } from './processing-basis';
import { Reading } from './reading';
import { LocalizedText } from './text';

/** A receipt's way through reading. `failed`: it could not be read at all, and says why. */
export const ReceiptState = z.enum(['queued', 'read', 'failed']);
export type ReceiptState = z.infer<typeof ReceiptState>;

/** What a check found wrong with a stored original: `damaged` is not what was uploaded, `missing` is not there. */
export const OriginalFault = z.enum(['damaged', 'missing']);
export type OriginalFault = z.infer<typeof OriginalFault>;

/** An uploaded receipt and, once `state` is `read`, its reading. */
export const ReceiptView = z.strictObject({
  id: z.uuid(),
  fileName: z.string(),
  mediaType: z.string(),
  byteSize: z.int(),
  /** SHA-256 of the uploaded bytes, lower-case hexadecimal. */
  sha256: z.string(),
  state: ReceiptState,
  failure: z.strictObject({ code: z.string(), message: LocalizedText }).nullable(),
  /** Media types of the pages' pictures at `/v1/receipts/{id}/pages/{number}/image`, in order; empty until read, and for data. */
  pageImages: z.array(z.string()),
  reading: Reading.nullable(),
  /** What people corrected and confirmed, beside the reading: of each bill the review that stands. */
  corrections: z.array(CorrectionView),
  /** Personal fields are shown masked: 张*, the last four of a number, no value of 其他信息. Whoever may see them names a purpose. */
  masked: z.boolean(),
  /** Parts that were erased at the end of their retention: of an erased reading, `reading` is null. */
  erased: z.array(ErasedPart),
  /** By what right and what for it is processed; left out of the answer to an upload. */
  bases: z.array(BasisView).optional(),
  /** Null unless the last check of the stored original found it wrong. */
  originalFault: z.strictObject({ kind: OriginalFault, foundAt: z.iso.datetime() }).nullable(),
  createdAt: z.iso.datetime(),
  readAt: z.iso.datetime().nullable(),
});
export type ReceiptView = z.infer<typeof ReceiptView>;

/** A problem in short, where many stand in one answer. */
export const ProblemBrief = z.strictObject({ code: z.string(), message: LocalizedText });
export type ProblemBrief = z.infer<typeof ProblemBrief>;

/** What became of a batch: for each document, in the archive's order, its receipt or the problem that uploading it alone would have met. */
export const BatchView = z.strictObject({
  id: z.uuid(),
  items: z.array(z.strictObject({ name: z.string(), receiptId: z.uuid().nullable(), problem: ProblemBrief.nullable() })),
  /** Why the documents after the last item were not taken, when the archive is damaged there. */
  problem: ProblemBrief.nullable(),
});
export type BatchView = z.infer<typeof BatchView>;
