import { z } from 'zod';

const line = (most: number) =>
  z
    .string()
    .trim()
    .min(1, 'must not be empty')
    .max(most, `must be at most ${most} characters`)
    .regex(/^[^\p{Cc}\p{Cs}]+$/u, 'must be text on one line');

/**
 * By what right, and what for, the bank has a document or a bill processed: the number of the consent (同意书编号) or of another legal basis
 * (授权依据), and the purpose of processing (处理目的). Given by the caller; the product keeps it and judges nothing of it.
 */
export const ProcessingBasis = z
  .strictObject({ consentReference: line(100).nullable(), processingPurpose: line(200).nullable() })
  .refine((basis) => basis.consentReference !== null || basis.processingPurpose !== null);
export type ProcessingBasis = z.infer<typeof ProcessingBasis>;
