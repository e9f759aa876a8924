import type { ProviderId, VerificationPolicyView } from '@app/contracts';
import type { StandingPolicy } from '@app/verification';
import { yuan } from '../charges/yuan';

/** The rules as the API shows them, with the provider that is really asked. */
export function toPolicyView(policy: StandingPolicy & { provider: ProviderId }): VerificationPolicyView {
  const { version, provider, failover, dailyQuota, monthlyBudgetFen, onImplausible, settlementLimitFen } = policy;
  return {
    ...{ version, provider, failover, dailyQuota, onImplausible },
    monthlyBudgetYuan: monthlyBudgetFen === null ? null : yuan(monthlyBudgetFen),
    settlementLimitYuan: settlementLimitFen === null ? null : yuan(settlementLimitFen),
  };
}
