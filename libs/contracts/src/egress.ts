import { z } from 'zod';
import { Elements } from './elements';
import { ProviderId } from './outcome';

/**
 * Key of 256 bits under which egress seals the reply in its journal, in base64url. It belongs to one attempt, every request for it brings the
 * same one, and egress keeps none: what its journal holds of replies opens with the caller's key alone.
 */
export const ReplyKey = z.string().regex(/^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/, 'must be 32 bytes in base64url');

/**
 * The one request the egress gateway accepts. Strict at every level: there is no place for an image, a payer or a free text.
 * The same attempt id always means the same one upstream call, for ever. Nothing but the elements goes on to the provider.
 */
export const EgressCall = z.strictObject({ attemptId: z.uuid(), replyKey: ReplyKey, provider: ProviderId, elements: Elements });
export type EgressCall = z.infer<typeof EgressCall>;

/** The part of a call that the provider is asked with. */
export type UpstreamCall = Omit<EgressCall, 'replyKey'>;

/**
 * What egress can say of an attempt id.
 * `answered`: the provider's reply, raw. `notSent`: certain that no byte of the request left. `unknown`: sent, and the reply is lost.
 * Of `unknown`, `expired` is a reply that was kept for its time and went since, and `unreadable` one that was altered or spoilt on disk.
 * `inFlight`: another request for the same id is being answered now; ask again.
 * `throttled`: the provider's account has no call free now and the attempt was not begun: nothing was sent and nothing is remembered.
 * Post the same attempt again after `retryAfterMs`.
 */
export const EgressReply = z.discriminatedUnion('state', [
  z.strictObject({
    state: z.literal('answered'),
    attemptId: z.uuid(),
    httpStatus: z.int(),
    contentType: z.string(),
    bodyBase64: z.string(),
    sentAt: z.iso.datetime(),
    answeredAt: z.iso.datetime(),
  }),
  z.strictObject({
    state: z.literal('notSent'),
    attemptId: z.uuid(),
    reason: z.enum(['dns', 'connect', 'tls', 'notConfigured']),
    at: z.iso.datetime(),
  }),
  z.strictObject({
    state: z.literal('unknown'),
    attemptId: z.uuid(),
    reason: z.enum(['timeout', 'cut', 'interrupted', 'tooLarge', 'expired', 'unreadable']),
    sentAt: z.iso.datetime(),
  }),
  z.strictObject({ state: z.literal('inFlight'), attemptId: z.uuid() }),
  z.strictObject({ state: z.literal('throttled'), attemptId: z.uuid(), retryAfterMs: z.int().min(1).max(600_000) }),
]);
export type EgressReply = z.infer<typeof EgressReply>;

/** Path of the gateway's only route. */
export const EGRESS_CALL_PATH = '/v1/calls';
