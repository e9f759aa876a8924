import { Approvals } from '@app/approvals';
import {
  type ApprovalView,
  type ErasureProofPage,
  PageQuery,
  type RetentionPreview,
  RetentionRequest,
  type RetentionView,
} from '@app/contracts';
import type { TenantContext } from '@app/database';
import { ErasureProofs, RetentionPreviews, RetentionSettings } from '@app/privacy';
import { Body, Controller, Get, HttpCode, Put, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { toApprovalView } from '../approvals/approvals.mapper';
import { Scope } from '../auth/scope.decorator';
import { Tenant } from '../auth/tenant.decorator';
import { toErasureProofPage, toRetentionView } from './retention.mapper';

@Controller('v1/retention')
export class RetentionController {
  constructor(
    private readonly settings: RetentionSettings,
    private readonly previews: RetentionPreviews,
    private readonly proofs: ErasureProofs,
    private readonly approvals: Approvals,
  ) {}

  @Get()
  @Scope('retention.read')
  async get(@Tenant() tenant: TenantContext): Promise<RetentionView> {
    return toRetentionView(await this.settings.current(tenant));
  }

  /** Proposes the change: a second person approves it before it holds. */
  @Put()
  @HttpCode(202)
  @Scope('retention.manage')
  async propose(
    @Tenant() tenant: TenantContext,
    @Body({ schema: RetentionRequest }) payload: RetentionRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ApprovalView> {
    const target = { type: 'tenant', id: tenant.tenantId };
    const approval = await this.approvals.propose(tenant, { kind: 'retention.set', payload, target, reason: null });
    void reply.header('location', `/v1/approvals/${approval.id}`);
    return toApprovalView(approval);
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
