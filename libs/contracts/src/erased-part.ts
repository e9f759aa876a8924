import { z } from 'zod';

/** A part of a record that is gone, since when, and by which rule: `retention/` and a version, or `subject/` and a request. */
export const ErasedPart = z.strictObject({
  part: z.enum(['original', 'personal', 'detail']),
  at: z.iso.datetime(),
  rule: z.string(),
});
export type ErasedPart = z.infer<typeof ErasedPart>;
