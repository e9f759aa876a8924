import { type LegalHoldPage, LegalHoldRelease, LegalHoldRequest, type LegalHoldView, PageQuery } from '@app/contracts';
import type { TenantContext } from '@app/database';
import { LegalHolds } from '@app/privacy';
import { Body, Controller, Delete, Get, Post, Query } from '@nestjs/common';
import { Scope } from '../auth/scope.decorator';
import { Tenant } from '../auth/tenant.decorator';
import { ResourceId } from '../http/resource-id.decorator';
import { toLegalHoldPage, toLegalHoldView } from './retention.mapper';

@Controller('v1/legal-holds')
export class LegalHoldsController {
  constructor(private readonly holds: LegalHolds) {}

  @Post()
  @Scope('retention.manage')
  async place(@Tenant() tenant: TenantContext, @Body({ schema: LegalHoldRequest }) body: LegalHoldRequest): Promise<LegalHoldView> {
    return toLegalHoldView(await this.holds.place(tenant, body));
  }

  @Get()
  @Scope('retention.read')
  async list(@Tenant() tenant: TenantContext, @Query({ schema: PageQuery }) page: PageQuery): Promise<LegalHoldPage> {
    return toLegalHoldPage(await this.holds.page(tenant, page));
  }

  /** Released, not removed: who held what, and why, stays. */
  @Delete(':id')
  @Scope('retention.manage')
  async release(
    @Tenant() tenant: TenantContext,
    @ResourceId() id: string,
    @Body({ schema: LegalHoldRelease }) { reason }: LegalHoldRelease,
  ): Promise<LegalHoldView> {
    return toLegalHoldView(await this.holds.release(tenant, id, reason));
  }
}
