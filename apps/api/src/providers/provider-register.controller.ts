import { Approvals } from '@app/approvals';
import { type ApprovalView, ProviderClosure, type ProviderEntryView, ProviderOpening, type ProviderRegisterView } from '@app/contracts';
import type { TenantContext } from '@app/database';
import { type ProviderEntry, ProviderRegister } from '@app/verification';
import { Body, Controller, Get, HttpCode, Post, Put, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { toApprovalView } from '../approvals/approvals.mapper';
import { Scope } from '../auth/scope.decorator';
import { Tenant } from '../auth/tenant.decorator';

@Controller('v1/providers/register')
export class ProviderRegisterController {
  constructor(
    private readonly register: ProviderRegister,
    private readonly approvals: Approvals,
  ) {}

  @Get()
  @Scope('policy.read')
  async look(@Tenant() tenant: TenantContext): Promise<ProviderRegisterView> {
    const { items, history } = await this.register.look(tenant);
    return { items: items.map(toEntryView), history: history.map(toEntryView) };
  }

  /** Proposes to open a provider, or to change what was agreed with it. */
  @Put()
  @HttpCode(202)
  @Scope('policy.manage')
  async propose(
    @Tenant() tenant: TenantContext,
    @Body({ schema: ProviderOpening }) body: ProviderOpening,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ApprovalView> {
    const target = { type: 'provider', id: body.provider };
    const approval = await this.approvals.propose(tenant, { kind: 'provider.open', payload: body, target, reason: body.reason });
    void reply.header('location', `/v1/approvals/${approval.id}`);
    return toApprovalView(approval);
  }

  /** Closes a provider at once. */
  @Post('closure')
  @HttpCode(200)
  @Scope('policy.manage')
  async close(@Tenant() tenant: TenantContext, @Body({ schema: ProviderClosure }) body: ProviderClosure): Promise<ProviderEntryView> {
    return toEntryView(await this.register.close(tenant, body));
  }
}

function toEntryView(entry: ProviderEntry): ProviderEntryView {
  return { ...entry, setAt: entry.setAt.toISOString() };
}
