import { Elements, ProviderFace, ProviderId } from '@app/contracts';
import { z } from 'zod';

/** What the sandbox does instead of answering as the book says. Code faults answer with any code, documented or not. */
export const Fault = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('code'), code: z.string().regex(/^-?\d{1,6}$/), charge: z.boolean().optional() }),
  z.strictObject({ kind: z.literal('drop'), when: z.enum(['beforeCharge', 'afterCharge']) }),
  z.strictObject({ kind: z.literal('html'), httpStatus: z.int().min(200).max(599).default(502) }),
  z.strictObject({ kind: z.literal('cut') }),
  z.strictObject({ kind: z.literal('empty') }),
  z.strictObject({ kind: z.literal('huge'), sizeB: z.int().min(1).max(16_777_216).default(2_097_152) }),
]);
export type Fault = z.infer<typeof Fault>;

/** A scripted fault or delay: for one provider or bill, or for all, as often as `times` says. */
export const FaultRule = z
  .strictObject({
    provider: ProviderId.optional(),
    billNumber: z.string().optional(),
    times: z.int().min(1).default(1),
    delayMs: z.int().min(0).max(600_000).default(0),
    fault: Fault.optional(),
  })
  .refine((rule) => rule.fault !== undefined || rule.delayMs > 0, 'needs a fault or a delay');
export type FaultRule = z.infer<typeof FaultRule>;

/** One bill that the providers know. */
export const BookEntry = z.strictObject({
  elements: Elements,
  face: ProviderFace.partial().default({}),
  /** Short for the flags of the face, which are "no" unless the face or these say otherwise. */
  reversed: z.boolean().optional(),
  accounted: z.boolean().optional(),
  printed: z.boolean().optional(),
  /** Happens at every call for this bill. */
  fault: Fault.optional(),
  delayMs: z.int().min(0).max(600_000).default(0),
});
export type BookEntry = z.infer<typeof BookEntry>;

/** The bills and accounts of the sandbox. */
export const SandboxBook = z.strictObject({
  accounts: z.strictObject({
    netocr: z.strictObject({ key: z.string().min(1), secret: z.string().min(1) }).optional(),
    jumdata: z.strictObject({ appId: z.string().min(1), appSecret: z.string().min(1) }).optional(),
  }),
  bills: z.array(BookEntry),
});
export type SandboxBook = z.infer<typeof SandboxBook>;
