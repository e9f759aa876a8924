import type { VerificationPolicyView } from '@app/contracts';
import type { TenantContext } from '@app/database';
import { Policies } from '@app/verification';
import { Controller, Get } from '@nestjs/common';
import { Scope } from '../auth/scope.decorator';
import { Tenant } from '../auth/tenant.decorator';
import { yuan } from '../charges/yuan';

@Controller('v1/verification-policy')
export class VerificationPolicyController {
  constructor(private readonly policies: Policies) {}

  @Get()
  @Scope('verification.read')
  async get(@Tenant() tenant: TenantContext): Promise<VerificationPolicyView> {
    const { provider, failover, dailyQuota, monthlyBudgetFen, onImplausible } = await this.policies.get(tenant);
    return { provider, failover, dailyQuota, monthlyBudgetYuan: monthlyBudgetFen === null ? null : yuan(monthlyBudgetFen), onImplausible };
  }
}
