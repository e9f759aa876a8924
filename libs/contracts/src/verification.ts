import { z } from 'zod';
import { Elements } from './elements';
import { Charge, Outcome, ProviderFace, ProviderId } from './outcome';
import { LocalizedText } from './text';

/**
 * Ask for a verification of five elements, of a receipt's reading, or of a receipt with the elements a person confirmed.
 * Without `elements`, what people corrected goes before what was read. A receipt whose decision is `review` needs `elements` or a stored
 * review that vouches for all five: an uncertain reading is never sent as it stands.
 */
export const VerificationRequest = z
  .strictObject({ elements: Elements.optional(), receiptId: z.uuid().optional(), provider: ProviderId.optional() })
  .refine((request) => request.elements !== undefined || request.receiptId !== undefined, {
    message: 'give elements, receiptId or both',
    path: ['elements'],
  });
export type VerificationRequest = z.infer<typeof VerificationRequest>;

/**
 * `queued`: accepted, not yet answered. `waiting`: a surely uncharged failure, tried again at `nextAttemptAt`.
 * `answered`: the provider's word. `refused`: a local guard stopped it, nothing was sent.
 * `failed`: tries used up, surely uncharged. `unknown`: sent, the answer is lost, perhaps charged; never sent again on its own.
 * `settled`: it was unknown, and what it cost is known now; the question stays without an answer and may be asked again.
 */
export const VerificationState = z.enum(['queued', 'waiting', 'answered', 'refused', 'failed', 'unknown', 'settled']);
export type VerificationState = z.infer<typeof VerificationState>;

/** The light a person sees. `valid` (green) only for MATCH with `reversed` explicitly false. */
export const Verdict = z.enum(['valid', 'reversed', 'reversalNotProvided', 'mismatch', 'notFound', 'unknown', 'none']);
export type Verdict = z.infer<typeof Verdict>;

/** Who answered: the provider, our stored answer, a call already under way, or a local guard. */
export const Origin = z.enum(['upstream', 'cache', 'joined', 'local']);
export type Origin = z.infer<typeof Origin>;

/** One upstream call, or the intent of one. */
export const AttemptView = z.strictObject({
  id: z.uuid(),
  number: z.int().min(1),
  provider: ProviderId,
  state: z.enum(['intended', 'answered', 'notSent', 'unknown']),
  outcome: Outcome.nullable(),
  providerCode: z.string().nullable(),
  providerMessage: z.string().nullable(),
  charge: Charge.nullable(),
  createdAt: z.iso.datetime(),
  finishedAt: z.iso.datetime().nullable(),
});
export type AttemptView = z.infer<typeof AttemptView>;

export const VerificationView = z.strictObject({
  id: z.uuid(),
  receiptId: z.uuid().nullable(),
  state: VerificationState,
  verdict: Verdict,
  outcome: Outcome.nullable(),
  origin: Origin,
  provider: ProviderId,
  /** What this verification cost: `charged` only when this very request caused a charge. */
  charge: Charge.nullable(),
  elements: Elements,
  message: LocalizedText,
  face: ProviderFace.nullable(),
  attempts: z.array(AttemptView),
  createdAt: z.iso.datetime(),
  finishedAt: z.iso.datetime().nullable(),
  nextAttemptAt: z.iso.datetime().nullable(),
});
export type VerificationView = z.infer<typeof VerificationView>;
