import { z } from 'zod';

/** Why somebody looks at personal fields unmasked (用途), in their own words; the audit keeps it. */
export const Purpose = z
  .string()
  .trim()
  .min(2, 'must be at least 2 characters')
  .max(200, 'must be at most 200 characters')
  .regex(/^[^\p{Cc}\p{Cs}]+$/u, 'must be text on one line')
  .regex(/[\p{L}\p{N}]/u, 'must hold a letter or a digit');
export type Purpose = z.infer<typeof Purpose>;

/** What the audit says of a reviewer who looks at a bill or corrects it. */
export const REVIEW_PURPOSE: Purpose = 'review';
