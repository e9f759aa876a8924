import { Approvals } from '@app/approvals';
import {
  type ApprovalView,
  type PolicyDryRun,
  PolicyDryRunRequest,
  VerificationPolicyChange,
  type VerificationPolicyView,
} from '@app/contracts';
import type { TenantContext } from '@app/database';
import { Policies, PolicyDryRuns, policyPayload } from '@app/verification';
import { Body, Controller, Get, HttpCode, Post, Put, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { toApprovalView } from '../approvals/approvals.mapper';
import { Scope } from '../auth/scope.decorator';
import { Tenant } from '../auth/tenant.decorator';
import { changedTerms } from './changed-terms';
import { toPolicyView } from './policy.mapper';

@Controller('v1/verification-policy')
export class VerificationPolicyController {
  constructor(
    private readonly policies: Policies,
    private readonly approvals: Approvals,
    private readonly dryRuns: PolicyDryRuns,
  ) {}

  @Get()
  @Scope('policy.read')
  async get(@Tenant() tenant: TenantContext): Promise<VerificationPolicyView> {
    return toPolicyView(await this.policies.get(tenant));
  }

  /** Says what the change would have decided otherwise of late; nothing is proposed. */
  @Post('dry-run')
  @HttpCode(200)
  @Scope('policy.manage')
  async dryRun(@Tenant() tenant: TenantContext, @Body({ schema: PolicyDryRunRequest }) body: PolicyDryRunRequest): Promise<PolicyDryRun> {
    return this.dryRuns.run(tenant, body.version, (standing) => changedTerms(standing, body));
  }

  /** Proposes the change: a second person approves it before it holds. */
  @Put()
  @HttpCode(202)
  @Scope('policy.manage')
  async propose(
    @Tenant() tenant: TenantContext,
    @Body({ schema: VerificationPolicyChange }) body: VerificationPolicyChange,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ApprovalView> {
    const order = { baseVersion: body.version, terms: changedTerms(await this.policies.stored(tenant), body), reason: body.reason };
    const approval = await this.approvals.propose(tenant, {
      kind: 'verificationPolicy.set',
      payload: policyPayload(order),
      target: { type: 'tenant', id: tenant.tenantId },
      reason: body.reason,
    });
    void reply.header('location', `/v1/approvals/${approval.id}`);
    return toApprovalView(approval);
  }
}
