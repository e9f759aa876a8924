import { Approvals } from '@app/approvals';
import { type SettledOrProposed, SettlementRequest } from '@app/contracts';
import type { TenantContext } from '@app/database';
import { orderByHand, SettlementsByHand } from '@app/verification';
import { Body, Controller, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { toApprovalView } from '../approvals/approvals.mapper';
import { Scope } from '../auth/scope.decorator';
import { Tenant } from '../auth/tenant.decorator';
import { ResourceId } from '../http/resource-id.decorator';
import { toSettlementView } from './charges.mapper';

@Controller('v1/verifications/:id/settlement')
export class SettlementsController {
  constructor(
    private readonly settlements: SettlementsByHand,
    private readonly approvals: Approvals,
  ) {}

  /** 201 where one person's word is enough, 202 with the proposal where it takes a second. */
  @Post()
  @Scope('charge.settle')
  async settle(
    @Tenant() tenant: TenantContext,
    @ResourceId() id: string,
    @Body({ schema: SettlementRequest }) body: SettlementRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SettledOrProposed> {
    const settlement = await this.settlements.settle(tenant, orderByHand(body), id);
    if (settlement !== null) return toSettlementView(settlement);
    const proposal = { payload: { ...body, verificationId: id }, target: { type: 'attempt', id: body.attemptId }, reason: body.reason };
    const approval = await this.approvals.propose(tenant, { kind: 'charge.settle', ...proposal });
    void reply.code(202).header('location', `/v1/approvals/${approval.id}`);
    return toApprovalView(approval);
  }
}
