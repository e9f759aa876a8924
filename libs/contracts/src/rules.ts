import { z } from 'zod';
import { LocalizedText } from './text';

/** One rule by which something is decided without a person. */
export const RuleView = z.strictObject({
  /** As it stands in the reasons of a reading, or in the refusal of a verification, where it does. */
  code: z.string(),
  /** What is looked at. */
  asks: LocalizedText,
  /** What follows where it does not hold, or applies. */
  leadsTo: LocalizedText,
  /** First version of its set that has it. */
  since: z.int().min(1),
});
export type RuleView = z.infer<typeof RuleView>;

/** One version of a set of rules, and what it brought. */
export const RuleSetChange = z.strictObject({ version: z.int().min(1), date: z.iso.date(), what: LocalizedText });
export type RuleSetChange = z.infer<typeof RuleSetChange>;

/**
 * A set of rules that come with the product. `reading`: whether a reading goes to a person; its version stands in each reading
 * (`rulesVersion`). `verification`: whether a bill is asked about, and when an answer is a green light; its version stands in each verification.
 */
export const RuleSetView = z.strictObject({
  name: z.enum(['reading', 'verification']),
  title: LocalizedText,
  version: z.int().min(1),
  /** Newest first. */
  changes: z.array(RuleSetChange),
  rules: z.array(RuleView),
});
export type RuleSetView = z.infer<typeof RuleSetView>;

/** All rules that come with the product. What a tenant sets beside them is its verification policy. */
export const RuleSets = z.strictObject({ sets: z.array(RuleSetView) });
export type RuleSets = z.infer<typeof RuleSets>;
