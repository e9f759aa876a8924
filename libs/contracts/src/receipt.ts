import { z } from 'zod';
import { Reading } from './reading';
import { LocalizedText } from './text';

/** A receipt's way through reading. `failed`: it could not be read at all, and says why. */
export const ReceiptState = z.enum(['queued', 'read', 'failed']);
export type ReceiptState = z.infer<typeof ReceiptState>;

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
  createdAt: z.iso.datetime(),
  readAt: z.iso.datetime().nullable(),
});
export type ReceiptView = z.infer<typeof ReceiptView>;
