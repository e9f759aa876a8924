import { ProviderId } from '@app/contracts';
import { z } from 'zod';

/** Whether the bill was looked up, and the call charged, before things went wrong. Nobody on the other side can tell. */
const when = z.enum(['beforeCharge', 'afterCharge']).default('afterCharge');
const milliseconds = z.int().min(1).max(600_000);

/** What the sandbox does instead of answering as the book says. Code faults answer with any code, documented or not. */
export const Fault = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('code'), code: z.string().regex(/^-?\w{1,32}$/), charge: z.boolean().optional() }),
  /** The charge flag says the opposite of what the code stands for, and the provider bills as the flag says. netocr has no flag. */
  z.strictObject({ kind: z.literal('contradictCharge') }),

  // nothing, or not all of it, comes back
  z.strictObject({ kind: z.literal('drop'), when: z.enum(['beforeCharge', 'afterCharge']) }),
  z.strictObject({ kind: z.literal('stall'), when, forMs: milliseconds.default(600_000) }),
  z.strictObject({ kind: z.literal('cutHeaders'), when }),
  z.strictObject({ kind: z.literal('cut'), when }),
  /** The body comes in pieces every `everyMs`, the last after `totalMs`. */
  z.strictObject({ kind: z.literal('drip'), everyMs: milliseconds, totalMs: milliseconds }),

  // something else comes back
  z.strictObject({ kind: z.literal('halfJson'), when }),
  z.strictObject({ kind: z.literal('empty'), when }),
  z.strictObject({ kind: z.literal('huge'), when, sizeB: z.int().min(1).max(16_777_216).default(2_097_152) }),
  z.strictObject({ kind: z.literal('html'), when, httpStatus: z.int().min(200).max(599).default(502) }),
  /** An error of a server before the service; its JSON is that of a common framework and has a `status` that is no code. */
  z.strictObject({
    kind: z.literal('http'),
    when,
    httpStatus: z.union([z.literal(429), z.literal(500), z.literal(502), z.literal(503), z.literal(504)]),
    body: z.enum(['json', 'empty']).default('json'),
  }),
  /** To the same path: whoever follows makes a second call, which the ledger shows. */
  z.strictObject({ kind: z.literal('redirect'), when, httpStatus: z.union([z.literal(301), z.literal(302), z.literal(307)]) }),
  z.strictObject({ kind: z.literal('jsonType'), when, type: z.enum(['list', 'string', 'number', 'null']) }),

  // the right reply in another shape
  z.strictObject({ kind: z.literal('contentType'), contentType: z.string().regex(/^[\x20-\x7e]{1,100}$/) }),
  z.strictObject({ kind: z.literal('codeForm'), form: z.enum(['string', 'number']) }),
  /** The envelopes seen at netocr's services; of other providers only `dataAsText` changes the reply. */
  z.strictObject({ kind: z.literal('envelope'), shape: z.enum(['listOfInvoices', 'status', 'veritem', 'dataAsText']) }),
  /** The code stands twice; `conflicting` says the opposite the second time. */
  z.strictObject({ kind: z.literal('duplicateKeys'), conflicting: z.boolean() }),
  /** The provider's clock is off: its Date header, and the time by which it judges a signature. */
  z.strictObject({ kind: z.literal('clockSkew'), skewMs: z.int().min(-86_400_000).max(86_400_000) }),
]);
export type Fault = z.infer<typeof Fault>;

/** A fault that meets a share of the requests, drawn by their numbers. */
const MIX = {
  /** Requests of a thousand that it happens to. */
  share: z.int().min(1).max(1_000).optional(),
  /** Rules with one seed share out the thousand between them: no request gets two of them. */
  seed: z.int().min(0).max(4_294_967_295).default(0),
};

/** A scripted fault or delay: for one provider or bill, or for all, as often as `times` says; or for a share of the requests. */
export const FaultRule = z
  .strictObject({
    provider: ProviderId.optional(),
    billNumber: z.string().optional(),
    times: z.int().min(1).optional(),
    delayMs: z.int().min(0).max(600_000).default(0),
    fault: Fault.optional(),
    ...MIX,
  })
  .refine((rule) => rule.fault !== undefined || rule.delayMs > 0, 'needs a fault or a delay')
  // Once, unless it says how often or for which share.
  .transform((rule) => ({ ...rule, times: rule.times ?? (rule.share === undefined ? 1 : Number.MAX_SAFE_INTEGER) }));
export type FaultRule = z.infer<typeof FaultRule>;

/** Several rules at once, such as the parts of a mix. */
export const FaultRules = z.array(FaultRule).min(1).max(100);
