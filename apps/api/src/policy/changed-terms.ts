import type { PolicyDryRunRequest } from '@app/contracts';
import type { PolicyTerms } from '@app/verification';

/** The terms as they would be; what the change does not name stays. */
export function changedTerms(standing: PolicyTerms, change: PolicyDryRunRequest): PolicyTerms {
  const { provider, failover, dailyQuota, monthlyBudgetYuan, onImplausible, settlementLimitYuan } = change;
  return {
    provider: provider === undefined ? standing.provider : provider,
    failover: failover ?? standing.failover,
    dailyQuota: dailyQuota === undefined ? standing.dailyQuota : dailyQuota,
    monthlyBudgetFen: monthlyBudgetYuan === undefined ? standing.monthlyBudgetFen : fenOf(monthlyBudgetYuan),
    onImplausible: onImplausible ?? standing.onImplausible,
    settlementLimitFen: settlementLimitYuan === undefined ? standing.settlementLimitFen : fenOf(settlementLimitYuan),
  };
}

function fenOf(yuan: string | null): bigint | null {
  if (yuan === null) return null;
  const [whole = '0', decimals = ''] = yuan.split('.');
  return BigInt(whole) * 100n + BigInt(decimals.padEnd(2, '0'));
}
