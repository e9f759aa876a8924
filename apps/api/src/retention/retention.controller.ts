import { type ErasureProofPage, PageQuery, type RetentionPreview, RetentionRequest, type RetentionView } from '@app/contracts';
import type { TenantContext } from '@app/database';
import { ErasureProofs, RetentionPreviews, RetentionSettings } from '@app/privacy';
import { Body, Controller, Get, Put, Query } from '@nestjs/common';
import { Scope } from '../auth/scope.decorator';
import { Tenant } from '../auth/tenant.decorator';
import { toErasureProofPage, toRetentionView } from './retention.mapper';

@Controller('v1/retention')
export class RetentionController {
  constructor(
    private readonly settings: RetentionSettings,
    private readonly previews: RetentionPreviews,
    private readonly proofs: ErasureProofs,
  ) {}

  @Get()
  @Scope('retention.read')
  async get(@Tenant() tenant: TenantContext): Promise<RetentionView> {
    return toRetentionView(await this.settings.current(tenant));
  }

  @Put()
  @Scope('retention.manage')
  async set(@Tenant() tenant: TenantContext, @Body({ schema: RetentionRequest }) body: RetentionRequest): Promise<RetentionView> {
    return toRetentionView(await this.settings.set(tenant, body));
  }

  @Get('preview')
  @Scope('retention.read')
  async preview(@Tenant() tenant: TenantContext): Promise<RetentionPreview> {
    return this.previews.preview(tenant);
  }

  @Get('erasures')
  @Scope('retention.read')
  async erasures(@Tenant() tenant: TenantContext, @Query({ schema: PageQuery }) page: PageQuery): Promise<ErasureProofPage> {
    return toErasureProofPage(await this.proofs.page(tenant, page));
  }
}
