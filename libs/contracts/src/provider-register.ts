import { z } from 'zod';
import { ActReason } from './act-reason';
import { ProviderId } from './outcome';

const Line = (most: number): z.ZodString =>
  z
    .string()
    .trim()
    .min(1)
    .max(most)
    .regex(/^\P{Cc}*$/u, 'must be one line of text');

/** What the tenant agreed with a provider: what it is asked for, under which contract, and under which agreement on the data that it gets. */
export const ProviderTerms = z.strictObject({
  purpose: Line(200),
  contractReference: Line(100),
  agreementReference: Line(100),
});
export type ProviderTerms = z.infer<typeof ProviderTerms>;

/** Opens a provider for the tenant, or changes what was agreed. It needs a second person. */
export const ProviderOpening = ProviderTerms.extend({
  provider: ProviderId,
  /** Version of the provider's entry that is shown; 0 where there is none. */
  version: z.int().min(0),
  reason: ActReason,
});
export type ProviderOpening = z.infer<typeof ProviderOpening>;

/** Closes a provider for the tenant at once, on one person's word. */
export const ProviderClosure = z.strictObject({ provider: ProviderId, reason: ActReason });
export type ProviderClosure = z.infer<typeof ProviderClosure>;

const By = z.strictObject({ id: z.string(), name: z.string() });

/** One version of a provider's entry in the tenant's register. It never changes; the newest one stands. */
export const ProviderEntryView = z.strictObject({
  provider: ProviderId,
  version: z.int().min(1),
  /** `closed`: verifications by it wait, and none fails over to it. */
  state: z.enum(['open', 'closed']),
  /** Null in an entry that was closed before anything was agreed. */
  terms: ProviderTerms.nullable(),
  reason: z.string(),
  /** Who asked for it, where it took two; `setBy` is then who approved it. */
  proposedBy: z.string().nullable(),
  approvalId: z.uuid().nullable(),
  setBy: By,
  setAt: z.iso.datetime(),
});
export type ProviderEntryView = z.infer<typeof ProviderEntryView>;

/**
 * The tenant's register of providers. Once it has an entry, a provider without an open one is closed; a tenant that keeps none asks whom its
 * rules name.
 */
export const ProviderRegisterView = z.strictObject({
  /** The entry of each provider that stands. */
  items: z.array(ProviderEntryView),
  /** All versions, newest first, at most a hundred. */
  history: z.array(ProviderEntryView),
});
export type ProviderRegisterView = z.infer<typeof ProviderRegisterView>;
