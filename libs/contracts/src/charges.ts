import { z } from 'zod';
import { ApprovalView } from './approval';
import { Charge } from './outcome';

/** What an unknown charge turned out to be. */
export const SettledCharge = Charge.exclude(['unknown']);
export type SettledCharge = z.infer<typeof SettledCharge>;

/** A person's word on an attempt whose charge is unknown, and why they know. */
export const SettlementRequest = z.strictObject({
  attemptId: z.uuid(),
  charge: SettledCharge,
  reason: z
    .string()
    .trim()
    .min(1, 'say how it is known')
    .max(500)
    .regex(/^\P{Cc}*$/u, 'must be one line of text'),
});
export type SettlementRequest = z.infer<typeof SettlementRequest>;

/** How an unknown charge was settled: by a line of the provider's statement, by its absence from one, or by a person. */
export const SettlementView = z.strictObject({
  attemptId: z.uuid(),
  verificationId: z.uuid(),
  charge: SettledCharge,
  source: z.enum(['statement', 'operator']),
  /** SHA-256 of the file; `line` is null where a complete statement does not list the call. */
  statement: z.strictObject({ sha256: z.string(), line: z.int().nullable() }).nullable(),
  /** The provider's code, as its statement tells it. It settles the cost and is no answer: the elements must be asked again. */
  providerCode: z.string().nullable(),
  reason: z.string().nullable(),
  /** What is owed, in yuan. */
  priceYuan: z.string(),
  settledBy: z.string(),
  settledAt: z.iso.datetime(),
});
export type SettlementView = z.infer<typeof SettlementView>;

/** What a word on an unknown charge comes to: the settlement, or the proposal of one that takes a second person. */
export const SettledOrProposed = z.union([SettlementView, ApprovalView]);
export type SettledOrProposed = z.infer<typeof SettledOrProposed>;

const DAY_MS = 86_400_000;
const MAX_DAYS = 400;

/** Query of the cost view: days of Asia/Shanghai, both included, at most 400 of them. */
export const ChargeSummaryQuery = z
  .strictObject({
    from: z.iso.date('must be a real day as YYYY-MM-DD'),
    to: z.iso.date('must be a real day as YYYY-MM-DD'),
    by: z.enum(['day', 'provider', 'month']).default('day'),
  })
  .refine(({ from, to }) => from <= to, { message: 'must not be before from', path: ['to'] })
  .refine(({ from, to }) => Date.parse(to) - Date.parse(from) < MAX_DAYS * DAY_MS, {
    message: `must be within ${MAX_DAYS} days of from`,
    path: ['to'],
  });
export type ChargeSummaryQuery = z.infer<typeof ChargeSummaryQuery>;

const count = z.int().min(0);

/** What the calls of one day, month or provider came to. */
export const ChargeSums = z.strictObject({
  /** Attempts that ended: charged, free and unknown together. */
  calls: count,
  charged: count,
  free: count,
  /** Neither the provider nor a statement nor a person has told yet. */
  unknown: count,
  /** How many of the charged and free ones were unknown first. */
  settled: count,
  /** Answers given from a stored one, and to requests that waited for the same call: upstream calls that were spared. */
  cached: count,
  joined: count,
  /** What the charged ones cost, in yuan. */
  amountYuan: z.string(),
  /** What the unknown ones cost at most, in yuan. */
  unknownYuan: z.string(),
  /** Some call was counted at the placeholder price, since no price of the contract was entered for its day. */
  hasPlaceholderPrice: z.boolean(),
});
export type ChargeSums = z.infer<typeof ChargeSums>;

/** The cost view. A row's `key` is a day, a month (`YYYY-MM`) or a provider; rows without any call are left out. */
export const ChargeSummary = z.strictObject({
  from: z.iso.date(),
  to: z.iso.date(),
  by: z.enum(['day', 'provider', 'month']),
  rows: z.array(ChargeSums.extend({ key: z.string() })),
  total: ChargeSums,
});
export type ChargeSummary = z.infer<typeof ChargeSummary>;
