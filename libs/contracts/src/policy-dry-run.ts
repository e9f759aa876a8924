import { z } from 'zod';
import { ProviderId } from './outcome';
import { RefusalCode, VerificationPolicyChange } from './verification';

/**
 * What the rules decide of one request. `refused`: a local guard, by `refusal`. `stored`: answered by what was known or under way already,
 * free of charge. `called`: `provider` is asked. `calledNext`: `provider` is asked, and after its surely uncharged failure another one.
 */
export const DryRunDecision = z.strictObject({
  kind: z.enum(['refused', 'stored', 'called', 'calledNext']),
  provider: ProviderId.nullable(),
  refusal: RefusalCode.nullable(),
});
export type DryRunDecision = z.infer<typeof DryRunDecision>;

/** Requests that are decided otherwise in the same way. */
export const DryRunChange = z.strictObject({
  before: DryRunDecision,
  after: DryRunDecision,
  count: z.int().min(1),
  /** Verifications, newest first, at most ten. */
  ids: z.array(z.uuid()),
});
export type DryRunChange = z.infer<typeof DryRunChange>;

const BeforeAfter = <T extends z.ZodType>(of: T) => z.strictObject({ before: of, after: of });
const Count = z.int().min(0);

/**
 * What a change of the rules would have decided otherwise: the tenant's newest requests of the last days, each decided once by the rules as
 * they stand and once as proposed, by the code that decides live. Nobody is called and nothing is changed.
 */
export const PolicyDryRun = z.strictObject({
  /** Version of the code's own rules, and of the tenant's that are compared with. */
  rulesVersion: z.int().min(1),
  policyVersion: z.int().min(0),
  /** Requests that were looked at; `isCut` where the days had more of them than are looked at. */
  requests: Count,
  isCut: z.boolean(),
  /** The oldest and the newest of them. */
  from: z.iso.datetime().nullable(),
  to: z.iso.datetime().nullable(),
  /** Of them, those that the rules as they stand decide as it was decided then: how far the run can be trusted. */
  asRecorded: Count,
  changes: z.array(DryRunChange),
  /** Calls that are charged or may be, and what they cost. Of a call that was never made the price is taken. */
  calls: BeforeAfter(Count),
  costYuan: BeforeAfter(z.string()),
  /** Settlements by hand of these days that the limit alone would have given to a second person; null where the limit is not known. */
  settlements: z.strictObject({ count: Count, secondPerson: BeforeAfter(Count) }).nullable(),
});
export type PolicyDryRun = z.infer<typeof PolicyDryRun>;

/** A change of the rules to try; nobody needs to say why. */
export const PolicyDryRunRequest = VerificationPolicyChange.omit({ reason: true });
export type PolicyDryRunRequest = z.infer<typeof PolicyDryRunRequest>;
