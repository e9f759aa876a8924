import { Approvals } from '@app/approvals';
import { type ApprovalView, TenantErasureRequest } from '@app/contracts';
import type { TenantContext } from '@app/database';
import { TenantErasureProposals } from '@app/privacy';
import { Body, Controller, HttpCode, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { toApprovalView } from '../approvals/approvals.mapper';
import { Scope } from '../auth/scope.decorator';
import { Tenant } from '../auth/tenant.decorator';

@Controller('v1/tenant-erasure')
export class TenantErasureController {
  constructor(
    private readonly proposals: TenantErasureProposals,
    private readonly approvals: Approvals,
  ) {}

  /** Nothing is erased here: once a second person approved it, an operator does it at the command line. */
  @Post()
  @HttpCode(202)
  @Scope('tenant.erase')
  async propose(
    @Tenant() tenant: TenantContext,
    @Body({ schema: TenantErasureRequest }) body: TenantErasureRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ApprovalView> {
    const approval = await this.approvals.propose(tenant, await this.proposals.of(tenant, body));
    void reply.header('location', `/v1/approvals/${approval.id}`);
    return toApprovalView(approval);
  }
}
