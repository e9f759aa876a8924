import { z } from 'zod';

const line = (most: number) =>
  z
    .string()
    .trim()
    .min(1, 'must not be empty')
    .max(most, `must be at most ${most} characters`)
    .regex(/^[^\p{Cc}\p{Cs}]+$/u, 'must be text on one line');

/** Number of a consent (同意书编号) or of another legal basis (授权依据). */
export const ConsentReference = line(100);

/** What for something is processed (处理目的). */
export const ProcessingPurpose = line(200);

/**
 * By what right, and what for, the bank has a document or a bill processed: the number of the consent (同意书编号) or of another legal basis
 * (授权依据), and the purpose of processing (处理目的). Given by the caller; the product keeps it and judges nothing of it.
 */
export const ProcessingBasis = z
  .strictObject({ consentReference: ConsentReference.nullable(), processingPurpose: ProcessingPurpose.nullable() })
  .refine((basis) => basis.consentReference !== null || basis.processingPurpose !== null);
export type ProcessingBasis = z.infer<typeof ProcessingBasis>;

/** One of the two, as it is shown. */
const BasisPart = z.strictObject({
  /** Who said so: the request, or the tenant's policy where the request said nothing. */
  from: z.enum(['request', 'policy']),
  /** Null while it is masked: people write names into it. */
  value: z.string().nullable(),
});

/** That a basis was given, for what, and of which kind; what it says is for whoever may see personal fields and names a purpose. */
export const BasisView = z.strictObject({
  /** What it was given for: a receipt stands on the one of its archive too, a verification on that of its receipt or batch. */
  targetType: z.enum(['receipt', 'batch', 'verification', 'verificationBatch']),
  targetId: z.uuid(),
  consentReference: BasisPart.nullable(),
  processingPurpose: BasisPart.nullable(),
  /** Version of the tenant's policy that said what the request did not; null where it said nothing. */
  policyVersion: z.int().min(1).nullable(),
  givenAt: z.iso.datetime(),
});
export type BasisView = z.infer<typeof BasisView>;
