import { z } from 'zod';
import { ActReason } from './act-reason';
import { Elements } from './elements';
import { ErasedPart } from './erased-part';
import { Charge, Outcome, ProviderFace, ProviderId } from './outcome';
import { BasisView } from './processing-basis';
import { LocalizedText } from './text';

/**
 * Ask for a verification of five elements, of a receipt's reading, or of a receipt with the elements a person confirmed.
 * Without `elements`, what people corrected goes before what was read. A receipt whose decision is `review` needs `elements` or a stored
 * review that vouches for all five: an uncertain reading is never sent as it stands. `bill` says which bill of the receipt is meant, from
 * 1; one of several must be named unless `elements` are given. `confirmLastTry` allows the last of the bill's five calls of today although
 * other elements of it did not match today.
 */
export const VerificationRequest = z
  .strictObject({
    elements: Elements.optional(),
    receiptId: z.uuid().optional(),
    bill: z.int().min(1).optional(),
    provider: ProviderId.optional(),
    confirmLastTry: z.boolean().optional(),
  })
  .refine((request) => request.elements !== undefined || request.receiptId !== undefined, {
    message: 'give elements, receiptId or both',
    path: ['elements'],
  })
  .refine((request) => request.bill === undefined || request.receiptId !== undefined, {
    message: 'is a bill of a receipt: give receiptId too',
    path: ['bill'],
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

/**
 * The light a person sees. `valid` (green) only for MATCH with `reversed` explicitly false, a face that contradicts none of the elements,
 * and a payer and payee that agree with what was read of the receipt.
 */
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

/** Which local guard refused a request. All answer before anything is spent. */
export const RefusalCode = z.enum([
  'bad-amount',
  'future-date',
  'over-window',
  'implausible-elements',
  'daily-limit',
  'tenant-quota',
  'tenant-budget',
]);
export type RefusalCode = z.infer<typeof RefusalCode>;

/** Why a local guard refused, and from when the same request may be taken; null when waiting does not help. */
export const Refusal = z.strictObject({ code: RefusalCode, passesAt: z.iso.datetime().nullable() });
export type Refusal = z.infer<typeof Refusal>;

/**
 * Why an open verification waits although nothing failed: the gateway gives no word (`gateway`) or has no room (`throttled`), the operator
 * paused the provider, the provider's circuit is open, or another question about the same bill is asked first.
 */
export const Hold = z.enum(['gateway', 'throttled', 'providerPaused', 'circuitOpen', 'sameBill']);
export type Hold = z.infer<typeof Hold>;

/** Fields of a receipt's reading that are compared with the provider's face. */
export const EvidenceField = z.enum([
  ...(['payer', 'payerCreditCode', 'payee', 'payeeCode', 'title', 'totalAmountInWords', 'reviewer', 'cashier'] as const),
  ...(['items', 'itemAmounts'] as const),
]);
export type EvidenceField = z.infer<typeof EvidenceField>;

/** One field that was both read and told. Masked characters of the provider agree with any. Of item rows, only those that differ are shown. */
export const Evidence = z.strictObject({ field: EvidenceField, read: z.string(), told: z.string(), agrees: z.boolean() });
export type Evidence = z.infer<typeof Evidence>;

/** What is odd about the elements although it is no error. */
export const ElementWarning = z.strictObject({ code: z.enum(['code-region', 'code-year']), message: LocalizedText });
export type ElementWarning = z.infer<typeof ElementWarning>;

export const VerificationView = z.strictObject({
  id: z.uuid(),
  receiptId: z.uuid().nullable(),
  /** Which bill of the receipt, from 1; null without a receipt, or where the request did not say. */
  bill: z.int().min(1).nullable(),
  state: VerificationState,
  verdict: Verdict,
  outcome: Outcome.nullable(),
  origin: Origin,
  provider: ProviderId,
  /** What this verification cost: `charged` only when this very request caused a charge. */
  charge: Charge.nullable(),
  elements: Elements,
  message: LocalizedText,
  /** Set exactly when the state is `refused`. */
  refusal: Refusal.nullable(),
  hold: Hold.nullable(),
  /** Calls that the bill has left today, told when other elements of it did not match today. */
  triesLeft: z.int().min(0).nullable(),
  /** Version of the tenant's rules by which it was taken; 0 for the defaults, null where that was not noted yet. */
  policyVersion: z.int().min(0).nullable(),
  /** Version of the product's own rules by which it was taken; null where that was not noted yet. */
  rulesVersion: z.int().min(1).nullable(),
  warnings: z.array(ElementWarning),
  face: ProviderFace.nullable(),
  /** The provider's face beside what was read of the receipt. */
  evidence: z.array(Evidence),
  /** Personal fields of `face` and `evidence` are shown masked; whoever may see them names a purpose. */
  masked: z.boolean(),
  /** Parts that were erased at the end of their retention; verdict, flags and charge stay. */
  erased: z.array(ErasedPart),
  /** By what right and what for it is asked; left out of the answer to the request. */
  bases: z.array(BasisView).optional(),
  /** A person should look: the face contradicts an element or something that was read. */
  reviewNeeded: z.boolean(),
  attempts: z.array(AttemptView),
  createdAt: z.iso.datetime(),
  finishedAt: z.iso.datetime().nullable(),
  nextAttemptAt: z.iso.datetime().nullable(),
});
export type VerificationView = z.infer<typeof VerificationView>;

/**
 * Whether a provider may be called. `closed`: yes. `open`: it failed repeatedly or refuses our account; `halfOpen`: one call tries whether it
 * is back. `paused`: an operator's maintenance. Verifications wait meanwhile, and none fails of it.
 */
export const ProviderChannelState = z.enum(['closed', 'open', 'halfOpen', 'paused']);
export type ProviderChannelState = z.infer<typeof ProviderChannelState>;

export const ProviderView = z.strictObject({
  provider: ProviderId,
  state: ProviderChannelState,
  since: z.iso.datetime(),
  /** An operator's words, or `account` or `failures` where the circuit opened by itself. */
  reason: z.string().nullable(),
  /** When one call may try again; null where only an operator may say so. */
  reopensAt: z.iso.datetime().nullable(),
});
export type ProviderView = z.infer<typeof ProviderView>;

export const ProviderList = z.strictObject({ items: z.array(ProviderView) });
export type ProviderList = z.infer<typeof ProviderList>;

/** What the tenant allows its verifications: its rules. */
export const VerificationPolicyView = z.strictObject({
  /** Counts the changes; 0 for a tenant that has no rules of its own. */
  version: z.int().min(0),
  /** Asked when a request names no provider. */
  provider: ProviderId,
  /** Whether another provider is asked after a surely uncharged failure; `wide` also where our account, volume or rate is refused. */
  failover: z.enum(['off', 'on', 'wide']),
  /** Calls a day, null without a limit. */
  dailyQuota: z.int().nullable(),
  /** Decimal with two places, a calendar month; null without a limit. */
  monthlyBudgetYuan: z.string().nullable(),
  onImplausible: z.enum(['warn', 'refuse']),
  /** Decimal with two places: unknown charges that one person may settle by hand in a day; null for the installation's limit, which no rule exceeds. */
  settlementLimitYuan: z.string().nullable(),
});
export type VerificationPolicyView = z.infer<typeof VerificationPolicyView>;

const Yuan = z.string().regex(/^\d{1,12}(\.\d{1,2})?$/, 'must be yuan with at most two decimals');

/** A change of the rules; what is not named stays. It needs a second person. */
export const VerificationPolicyChange = z.strictObject({
  /** Version that is shown: rules that were changed meanwhile are not changed by it. */
  version: z.int().min(0),
  /** Null for the installation's default. */
  provider: ProviderId.nullable().optional(),
  failover: z.enum(['off', 'on', 'wide']).optional(),
  dailyQuota: z.int().min(0).max(999_999_999).nullable().optional(),
  monthlyBudgetYuan: Yuan.nullable().optional(),
  onImplausible: z.enum(['warn', 'refuse']).optional(),
  /** Null for the installation's limit. */
  settlementLimitYuan: Yuan.nullable().optional(),
  reason: ActReason,
});
export type VerificationPolicyChange = z.infer<typeof VerificationPolicyChange>;
