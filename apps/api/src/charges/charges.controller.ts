import { type ChargePage, type ChargeSummary, ChargeSummaryQuery, PageQuery } from '@app/contracts';
import type { TenantContext } from '@app/database';
import { Charges } from '@app/verification';
import { Controller, Get, Query } from '@nestjs/common';
import { Scope } from '../auth/scope.decorator';
import { Tenant } from '../auth/tenant.decorator';
import { toChargePage } from './charges.mapper';

@Controller('v1/charges')
export class ChargesController {
  constructor(private readonly charges: Charges) {}

  @Get()
  @Scope('charge.read')
  async list(@Tenant() tenant: TenantContext, @Query({ schema: PageQuery }) page: PageQuery): Promise<ChargePage> {
    return toChargePage(await this.charges.page(tenant, page));
  }

  @Get('summary')
  @Scope('charge.read')
  async summary(@Tenant() tenant: TenantContext, @Query({ schema: ChargeSummaryQuery }) query: ChargeSummaryQuery): Promise<ChargeSummary> {
    return this.charges.summary(tenant, query);
  }
}
