import { Approvals } from '@app/approvals';
import { type ApprovalView, ConsentPolicyRequest, type ConsentPolicyView } from '@app/contracts';
import type { TenantContext } from '@app/database';
import { ConsentPolicies } from '@app/receipts';
import { Body, Controller, Get, HttpCode, Put, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { toApprovalView } from '../approvals/approvals.mapper';
import { Scope } from '../auth/scope.decorator';
import { Tenant } from '../auth/tenant.decorator';

/** What a tenant demands to know of consent, and what it says of it by default. */
@Controller('v1/consent-policy')
export class ConsentPolicyController {
  constructor(
    private readonly policies: ConsentPolicies,
    private readonly approvals: Approvals,
  ) {}

  @Get()
  @Scope('policy.read')
  async get(@Tenant() tenant: TenantContext): Promise<ConsentPolicyView> {
    const { setAt, ...policy } = await this.policies.current(tenant);
    return { ...policy, setAt: setAt?.toISOString() ?? null };
  }

  /** Proposes the change: a second person approves it before it holds. */
  @Put()
  @HttpCode(202)
  @Scope('policy.manage')
  async propose(
    @Tenant() tenant: TenantContext,
    @Body({ schema: ConsentPolicyRequest }) payload: ConsentPolicyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ApprovalView> {
    const target = { type: 'tenant', id: tenant.tenantId };
    const approval = await this.approvals.propose(tenant, { kind: 'consentPolicy.set', payload, target, reason: null });
    void reply.header('location', `/v1/approvals/${approval.id}`);
    return toApprovalView(approval);
  }
}
