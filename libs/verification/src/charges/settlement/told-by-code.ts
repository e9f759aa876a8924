import type { Outcome, ProviderId } from '@app/contracts';
import { type CodeEntry, JUMDATA_CODES, NETOCR_CODES, outcomePolicy } from '@app/providers';

const CODES: Readonly<Partial<Record<ProviderId, Readonly<Record<string, CodeEntry>>>>> = { netocr: NETOCR_CODES, jumdata: JUMDATA_CODES };

/** The outcome that a code in a provider's statement stands for; null for no code, or one that is not known. */
export function outcomeOfCode(provider: ProviderId, code: string | null): Outcome | null {
  const codes = CODES[provider] ?? {};
  return code !== null && Object.hasOwn(codes, code) ? (codes[code]?.outcome ?? null) : null;
}

/** Whether an outcome proves that the bill was not looked up, so that its place of the day may be given back. */
export function provesNoLookup(outcome: Outcome | null): boolean {
  if (outcome === null) return false;
  const { countsTowardDailyLimit, fillsDailyLimit } = outcomePolicy(outcome);
  return !countsTowardDailyLimit && !fillsDailyLimit;
}
