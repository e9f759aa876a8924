import { Elements, ProviderFace, ProviderId } from '@app/contracts';
import { z } from 'zod';
import { Fault } from './fault.schema';

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

/** Price of one charged call in yuan, as a decimal with two places. */
const FeeYuan = z.string().regex(/^(0|[1-9]\d{0,5})\.\d{2}$/, 'must be a price such as 0.50');

/** The bills and accounts of the sandbox. */
export const SandboxBook = z.strictObject({
  accounts: z.strictObject({
    netocr: z.strictObject({ key: z.string().min(1), secret: z.string().min(1) }).optional(),
    jumdata: z.strictObject({ appId: z.string().min(1), appSecret: z.string().min(1) }).optional(),
    generic: z.strictObject({ id: z.string().min(1).optional(), secret: z.string().min(1).optional() }).optional(),
  }),
  /** What the statement asks for a charged call; 0.50 where nothing is said. */
  fees: z.partialRecord(ProviderId, FeeYuan).default({}),
  bills: z.array(BookEntry),
});
export type SandboxBook = z.infer<typeof SandboxBook>;
