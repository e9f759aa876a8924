import { z } from 'zod';
import { Charge, Outcome } from './outcome';
import { Decision } from './reading';
import { Verdict, VerificationState } from './verification';

/**
 * What a receiver is told of a verification: where it stands and what it cost. Never an element, a name or what the provider wrote: whoever
 * wants these asks for the verification with a key that may see them.
 */
export const VerificationNews = z.strictObject({
  verificationId: z.uuid(),
  receiptId: z.uuid().nullable(),
  /** The `Idempotency-Key` of the request, by which the caller knows it again. */
  idempotencyKey: z
    .string()
    .regex(/^[\x21-\x7e]{1,255}$/)
    .nullable(),
  state: VerificationState,
  verdict: Verdict,
  outcome: Outcome.nullable(),
  charge: Charge.nullable(),
});
export type VerificationNews = z.infer<typeof VerificationNews>;

/** A receipt was read, or could not be. */
export const ReceiptNews = z.strictObject({
  receiptId: z.uuid(),
  batchId: z.uuid().nullable(),
  state: z.enum(['read', 'failed']),
  decision: Decision.nullable(),
  /** How many bills the document holds. */
  bills: z.int().min(0),
});
export type ReceiptNews = z.infer<typeof ReceiptNews>;

/** A batch has ended: every row of it has ended (`done`), or it was cancelled. */
export const BatchNews = z.strictObject({
  batchId: z.uuid(),
  state: z.enum(['done', 'cancelled']),
  rows: z.int().min(0),
});
export type BatchNews = z.infer<typeof BatchNews>;

/** It is settled whether an attempt whose answer was lost was charged. */
export const ChargeNews = z.strictObject({
  attemptId: z.uuid(),
  verificationId: z.uuid(),
  charge: Charge.exclude(['unknown']),
});
export type ChargeNews = z.infer<typeof ChargeNews>;

/** Somebody tries whether an endpoint is reached. */
export const TestNews = z.strictObject({ endpointId: z.uuid() });
export type TestNews = z.infer<typeof TestNews>;

const news = <const T extends string, D extends z.ZodType>(type: T, data: D) =>
  z.strictObject({ type: z.literal(type), timestamp: z.iso.datetime(), data });

/** The body of a webhook: what happened, when, and to what. It is strict, so that nothing else can slip in. */
export const WebhookPayload = z.discriminatedUnion('type', [
  news('verification.settled', VerificationNews),
  news('verification.unknown', VerificationNews),
  news('verification.reversed', VerificationNews),
  news('receipt.read', ReceiptNews),
  news('batch.finished', BatchNews),
  news('charge.settled', ChargeNews),
  news('webhook.test', TestNews),
]);
export type WebhookPayload = z.infer<typeof WebhookPayload>;

/** What can be told of; an endpoint subscribes to some of them. `webhook.test` goes to the endpoint under test alone. */
export const WebhookEventType = z.enum([
  'verification.settled',
  'verification.unknown',
  'verification.reversed',
  'receipt.read',
  'batch.finished',
  'charge.settled',
  'webhook.test',
]) satisfies z.ZodType<WebhookPayload['type']>;
export type WebhookEventType = z.infer<typeof WebhookEventType>;

const url = z.string().min(1).max(2_048);
const description = z.string().max(200);
const eventTypes = z
  .array(WebhookEventType.exclude(['webhook.test']))
  .min(1)
  .refine((types) => new Set(types).size === types.length, 'names an event twice');

/** A new endpoint. Its URL must be among the targets that the operator allows. */
export const WebhookEndpointRequest = z.strictObject({ url, description: description.default(''), eventTypes });
export type WebhookEndpointRequest = z.infer<typeof WebhookEndpointRequest>;

/** What an endpoint changes to; what is left out stays. */
export const WebhookEndpointChange = z
  .strictObject({
    url: url.optional(),
    description: description.optional(),
    eventTypes: eventTypes.optional(),
    state: z.enum(['active', 'disabled']).optional(),
  })
  .refine((change) => Object.keys(change).length > 0, {
    message: 'give url, description, eventTypes or state',
    path: ['state'],
  });
export type WebhookEndpointChange = z.infer<typeof WebhookEndpointChange>;

/** A new secret; until the overlap ends every message is signed with the old one too. */
export const WebhookRotationRequest = z.strictObject({ overlapHours: z.int().min(0).max(168).default(24) });
export type WebhookRotationRequest = z.infer<typeof WebhookRotationRequest>;

/** Why an endpoint is disabled: a person's word, five days of failures, or the receiver's own `410 Gone`. */
export const WebhookDisabledReason = z.enum(['requested', 'failing', 'gone']);
export type WebhookDisabledReason = z.infer<typeof WebhookDisabledReason>;

export const WebhookEndpointView = z.strictObject({
  id: z.uuid(),
  url: z.string(),
  description: z.string(),
  eventTypes: z.array(WebhookEventType),
  state: z.enum(['active', 'disabled']),
  disabledReason: WebhookDisabledReason.nullable(),
  /** Since when every try failed; null while tries succeed. */
  failingSince: z.iso.datetime().nullable(),
  /** Until when messages are signed with the previous secret too. */
  previousSecretUntil: z.iso.datetime().nullable(),
  createdBy: z.string(),
  createdAt: z.iso.datetime(),
});
export type WebhookEndpointView = z.infer<typeof WebhookEndpointView>;

export const WebhookEndpointList = z.strictObject({ items: z.array(WebhookEndpointView) });
export type WebhookEndpointList = z.infer<typeof WebhookEndpointList>;

/** An endpoint with its new secret (`whsec_` and base64), which is shown this once. */
export const WebhookEndpointSecretView = WebhookEndpointView.extend({ secret: z.string() });
export type WebhookEndpointSecretView = z.infer<typeof WebhookEndpointSecretView>;

/** `pending`: to be tried at `nextTryAt`. `delivered`: the receiver answered 2xx. `dead`: given up, until somebody re-drives it. */
export const WebhookDeliveryState = z.enum(['pending', 'delivered', 'dead']);
export type WebhookDeliveryState = z.infer<typeof WebhookDeliveryState>;

/**
 * Why the last try failed. `status`: the receiver answered something else than 2xx. `targetRefused`: the operator allows no such target, or
 * its name leads to an address that is never allowed. `resting`: moments before, the receiver did not answer another message, and was not
 * bothered with this one. `endpointDisabled`: nothing was tried.
 */
export const WebhookFailure = z.enum([
  'status',
  'timeout',
  'dns',
  'connect',
  'tls',
  'targetRefused',
  'secretUnreadable',
  'resting',
  'endpointDisabled',
]);
export type WebhookFailure = z.infer<typeof WebhookFailure>;

export const WebhookDeliveryView = z.strictObject({
  id: z.uuid(),
  endpointId: z.uuid(),
  /** The `webhook-id` of the message, the same at every try. */
  eventId: z.uuid(),
  type: WebhookEventType,
  subjectId: z.uuid(),
  state: WebhookDeliveryState,
  tries: z.int().min(0),
  lastStatus: z.int().nullable(),
  lastError: WebhookFailure.nullable(),
  nextTryAt: z.iso.datetime().nullable(),
  deliveredAt: z.iso.datetime().nullable(),
  createdAt: z.iso.datetime(),
});
export type WebhookDeliveryView = z.infer<typeof WebhookDeliveryView>;

/** Newest first. `next` is the `before` of the following page, null on the last one. */
export const WebhookDeliveryPage = z.strictObject({ items: z.array(WebhookDeliveryView), next: z.uuid().nullable() });
export type WebhookDeliveryPage = z.infer<typeof WebhookDeliveryPage>;

/** Query of the deliveries: at most `limit` that are older than `before`, of one endpoint, one state or one type. */
export const WebhookDeliveryQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  before: z.uuid().optional(),
  endpointId: z.uuid().optional(),
  state: WebhookDeliveryState.optional(),
  type: WebhookEventType.optional(),
});
export type WebhookDeliveryQuery = z.infer<typeof WebhookDeliveryQuery>;

/** How many dead deliveries are being tried again; `isComplete` is false when there are more: ask again. */
export const WebhookRedriveView = z.strictObject({ redriven: z.int().min(0), isComplete: z.boolean() });
export type WebhookRedriveView = z.infer<typeof WebhookRedriveView>;
