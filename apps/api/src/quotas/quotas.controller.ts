import type { QuotasView } from '@app/contracts';
import type { TenantContext } from '@app/database';
import { Quotas } from '@app/tenancy';
import { Controller, Get } from '@nestjs/common';
import { Scope } from '../auth/scope.decorator';
import { Tenant } from '../auth/tenant.decorator';

@Controller('v1/quotas')
export class QuotasController {
  constructor(private readonly quotas: Quotas) {}

  @Get()
  @Scope('policy.read')
  async get(@Tenant() tenant: TenantContext): Promise<QuotasView> {
    return this.quotas.standing(tenant);
  }
}
