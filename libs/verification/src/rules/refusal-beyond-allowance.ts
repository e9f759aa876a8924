import { nextShanghaiDay, nextShanghaiMonth } from '@app/contracts';
import { HAO_PER_FEN } from '../charges/yuan';
import type { PolicyTerms } from '../policy/verification-policy.entity';
import type { LocalRefusal } from '../verification.entity';

/** What a tenant has used: calls of the day, and 毫 of the month. */
export interface Used {
  calls: number;
  hao: bigint;
}

/** Why one more call, of this price, is beyond a tenant's terms; null when it is within them. `today` is the day in Shanghai. */
export function refusalBeyondAllowance(
  { calls, hao }: Used,
  callHao: bigint,
  { terms, today }: { terms: Pick<PolicyTerms, 'dailyQuota' | 'monthlyBudgetFen'>; today: string },
): LocalRefusal | null {
  const { dailyQuota, monthlyBudgetFen } = terms;
  if (dailyQuota !== null && calls >= dailyQuota) {
    return { outcome: 'DAILY_LIMIT', code: 'tenant-quota', passesAt: nextShanghaiDay(today) };
  }
  if (monthlyBudgetFen !== null && hao + callHao > monthlyBudgetFen * HAO_PER_FEN) {
    return { outcome: 'DAILY_LIMIT', code: 'tenant-budget', passesAt: nextShanghaiMonth(today) };
  }
  return null;
}
