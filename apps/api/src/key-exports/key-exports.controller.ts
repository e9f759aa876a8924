import { Approvals } from '@app/approvals';
import { type ApprovalView, KeyExportRequest } from '@app/contracts';
import type { TenantContext } from '@app/database';
import { KeyExports } from '@app/key-export';
import { Body, Controller, HttpCode, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { toApprovalView } from '../approvals/approvals.mapper';
import { Scope } from '../auth/scope.decorator';
import { Tenant } from '../auth/tenant.decorator';
import { ResourceId } from '../http/resource-id.decorator';

@Controller('v1/key-exports')
export class KeyExportsController {
  constructor(
    private readonly approvals: Approvals,
    private readonly exports: KeyExports,
  ) {}

  /** Proposes the export: another security administrator approves it before anything is packed. */
  @Post()
  @HttpCode(202)
  @Scope('key.export')
  async propose(
    @Tenant() tenant: TenantContext,
    @Body({ schema: KeyExportRequest }) { reason, ...payload }: KeyExportRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ApprovalView> {
    const target = { type: 'tenant', id: tenant.tenantId };
    const approval = await this.approvals.propose(tenant, { kind: 'key.export', payload, target, reason });
    void reply.header('location', `/v1/approvals/${approval.id}`);
    return toApprovalView(approval);
  }

  /** The package that an approval let out: the very bytes whose SHA-256 the audit names. */
  @Post(':id/delivery')
  @HttpCode(200)
  @Scope('key.export')
  async deliver(
    @Tenant() tenant: TenantContext,
    @ResourceId() id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const text = await this.exports.deliver(tenant, id);
    void reply.header('content-type', 'application/json; charset=utf-8');
    void reply.header('content-disposition', `attachment; filename="keys-${id}.json"`);
    return text;
  }
}
