import { Approvals } from '@app/approvals';
import { type SignInPolicyOutcome, SignInPolicyRequest, type SignInPolicyView } from '@app/contracts';
import type { TenantContext } from '@app/database';
import { type IdentitySettings, SignInPolicies, type SignInPolicy } from '@app/identity';
import { Body, Controller, Get, Inject, Put, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { toApprovalView } from '../approvals/approvals.mapper';
import { Scope } from '../auth/scope.decorator';
import { Tenant } from '../auth/tenant.decorator';
import { IDENTITY_SETTINGS } from './identity-settings-of';

/** What a tenant demands of its people beyond the installation. */
@Controller('v1/sign-in-policy')
export class SignInPolicyController {
  constructor(
    private readonly policies: SignInPolicies,
    private readonly approvals: Approvals,
    @Inject(IDENTITY_SETTINGS) private readonly settings: IdentitySettings,
  ) {}

  @Get()
  @Scope('user.read')
  async get(@Tenant() tenant: TenantContext): Promise<SignInPolicyView> {
    return this.viewOf(await this.policies.get(tenant));
  }

  /** 200 where it demands more, for which one person's word is enough; 202 with the proposal where it lets in anybody who was kept out. */
  @Put()
  @Scope('role.assign')
  async change(
    @Tenant() tenant: TenantContext,
    @Body({ schema: SignInPolicyRequest }) body: SignInPolicyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SignInPolicyOutcome> {
    const tightened = await this.policies.tighten(tenant, body);
    if (tightened !== null) return this.viewOf(tightened);
    const target = { type: 'tenant', id: tenant.tenantId };
    const approval = await this.approvals.propose(tenant, { kind: 'signInPolicy.set', payload: body, target, reason: null });
    void reply.code(202).header('location', `/v1/approvals/${approval.id}`);
    return toApprovalView(approval);
  }

  private viewOf({ version, secondFactor, networks, changedAt }: SignInPolicy): SignInPolicyView {
    return {
      ...{ version, secondFactor, networks },
      changedAt: version === 0 ? null : changedAt.toISOString(),
      installation: { secondFactor: this.settings.secondFactor },
    };
  }
}
