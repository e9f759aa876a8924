import { AuditForwardingStore, AuditTrail } from '@app/audit';
import { AuditExportQuery, type AuditForwardingView, type AuditPage, AuditQuery } from '@app/contracts';
import { type TenantContext, UnitOfWork } from '@app/database';
import { Controller, Get, Query, Res, StreamableFile } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Readable } from 'node:stream';
import { Scope } from '../auth/scope.decorator';
import { Tenant } from '../auth/tenant.decorator';
import { auditCsv, auditJsonLines } from './audit-file';
import { toAuditPage, toForwardingView } from './audit.mapper';

const MEDIA_TYPES = { csv: 'text/csv; charset=utf-8', jsonl: 'application/jsonl; charset=utf-8' } as const;

@Controller('v1/audit')
export class AuditController {
  constructor(
    private readonly trail: AuditTrail,
    private readonly unitOfWork: UnitOfWork,
    private readonly forwarded: AuditForwardingStore,
  ) {}

  @Get()
  @Scope('audit.read')
  async list(@Tenant() tenant: TenantContext, @Query({ schema: AuditQuery }) query: AuditQuery): Promise<AuditPage> {
    return toAuditPage(await this.trail.page(tenant, query));
  }

  @Get('forwarding')
  @Scope('audit.read')
  async forwarding(@Tenant() tenant: TenantContext): Promise<AuditForwardingView> {
    return toForwardingView(await this.unitOfWork.run(tenant, (tx) => this.forwarded.state(tx)));
  }

  @Get('export')
  @Scope('audit.export')
  async export(
    @Tenant() tenant: TenantContext,
    @Query({ schema: AuditExportQuery }) { format, language, ...question }: AuditExportQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    const entries = await this.trail.open(tenant, question, format);
    void reply.header('cache-control', 'private, no-store');
    const file = format === 'csv' ? auditCsv(entries, language) : auditJsonLines(entries);
    return new StreamableFile(Readable.from(file), {
      type: MEDIA_TYPES[format],
      disposition: `attachment; filename="piaoyan-audit.${format}"`,
    });
  }
}
