import { Approvals } from '@app/approvals';
import { ApprovalDecision, type ApprovalPage, ApprovalQuery, type ApprovalView } from '@app/contracts';
import type { TenantContext } from '@app/database';
import type { Authentication } from '@app/tenancy';
import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { Caller } from '../auth/caller.decorator';
import { Scope } from '../auth/scope.decorator';
import { Tenant } from '../auth/tenant.decorator';
import { ResourceId } from '../http/resource-id.decorator';
import { toApprovalPage, toApprovalView } from './approvals.mapper';

/** Four eyes: proposals are made where the act itself is asked for, and decided here. */
@Controller('v1/approvals')
export class ApprovalsController {
  constructor(private readonly approvals: Approvals) {}

  @Get()
  @Scope('approval.read')
  async list(@Tenant() tenant: TenantContext, @Query({ schema: ApprovalQuery }) query: ApprovalQuery): Promise<ApprovalPage> {
    return toApprovalPage(await this.approvals.page(tenant, query));
  }

  @Get(':id')
  @Scope('approval.read')
  async get(@Tenant() tenant: TenantContext, @ResourceId() id: string): Promise<ApprovalView> {
    return toApprovalView(await this.approvals.get(tenant, id));
  }

  @Post(':id/decision')
  @HttpCode(200)
  @Scope('approval.decide')
  async decide(
    @Caller() caller: Authentication,
    @ResourceId() id: string,
    @Body({ schema: ApprovalDecision }) body: ApprovalDecision,
  ): Promise<ApprovalView> {
    return toApprovalView(await this.approvals.decide(caller, id, body));
  }

  /** Only whoever proposed it. */
  @Post(':id/withdrawal')
  @HttpCode(200)
  @Scope('approval.read')
  async withdraw(@Tenant() tenant: TenantContext, @ResourceId() id: string): Promise<ApprovalView> {
    return toApprovalView(await this.approvals.withdraw(tenant, id));
  }
}
