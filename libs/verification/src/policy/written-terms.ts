import type { PolicyTerms } from './verification-policy.entity';

/** Terms of which JSON keeps every value: amounts are strings of 分. */
export type WrittenTerms = Omit<PolicyTerms, 'monthlyBudgetFen' | 'settlementLimitFen'> & {
  monthlyBudgetFen: string | null;
  settlementLimitFen: string | null;
};

/** The terms as they are proposed and put on record; whatever else stands beside them is left out. */
export function writtenTerms(terms: PolicyTerms): WrittenTerms {
  const { provider, failover, dailyQuota, monthlyBudgetFen, onImplausible, settlementLimitFen } = terms;
  return {
    ...{ provider, failover, dailyQuota, onImplausible },
    monthlyBudgetFen: monthlyBudgetFen?.toString() ?? null,
    settlementLimitFen: settlementLimitFen?.toString() ?? null,
  };
}
