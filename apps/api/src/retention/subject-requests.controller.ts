import { Approvals } from '@app/approvals';
import {
  type ApprovalView,
  PageQuery,
  SubjectErasureRequest,
  SubjectRequestClosing,
  SubjectRequestOrder,
  type SubjectRequestPage,
  SubjectRequestQuery,
  type SubjectRequestView,
} from '@app/contracts';
import type { TenantContext } from '@app/database';
import { SubjectExports, SubjectRequests } from '@app/privacy';
import { Body, Controller, Get, HttpCode, Post, Query, Res, StreamableFile } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { toApprovalView } from '../approvals/approvals.mapper';
import { Scope } from '../auth/scope.decorator';
import { Tenant } from '../auth/tenant.decorator';
import { ResourceId } from '../http/resource-id.decorator';
import { ResourceNumber } from '../http/resource-number.decorator';
import { toSubjectRequestPage, toSubjectRequestView } from './subject-requests.mapper';

/** Requests of persons (PIPL 44, 45, 47). The name comes in a body, never in an address, and in no answer. */
@Controller('v1/subject-requests')
export class SubjectRequestsController {
  constructor(
    private readonly requests: SubjectRequests,
    private readonly exports: SubjectExports,
    private readonly approvals: Approvals,
  ) {}

  @Post()
  @Scope('subject.manage')
  async open(
    @Tenant() tenant: TenantContext,
    @Body({ schema: SubjectRequestOrder }) body: SubjectRequestOrder,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SubjectRequestView> {
    const request = await this.requests.open(tenant, body);
    void reply.header('location', `/v1/subject-requests/${request.id}`);
    return toSubjectRequestView(request);
  }

  @Get()
  @Scope('subject.manage')
  async list(@Tenant() tenant: TenantContext, @Query({ schema: PageQuery }) page: PageQuery): Promise<SubjectRequestPage> {
    return toSubjectRequestPage(await this.requests.page(tenant, page));
  }

  @Get(':id')
  @Scope('subject.manage')
  async get(
    @Tenant() tenant: TenantContext,
    @ResourceId() id: string,
    @Query({ schema: SubjectRequestQuery }) { after }: SubjectRequestQuery,
  ): Promise<SubjectRequestView> {
    return toSubjectRequestView(await this.requests.get(tenant, id), after);
  }

  @Post(':id/search')
  @HttpCode(202)
  @Scope('subject.manage')
  async search(@Tenant() tenant: TenantContext, @ResourceId() id: string): Promise<SubjectRequestView> {
    return toSubjectRequestView(await this.requests.searchAgain(tenant, id));
  }

  @Post(':id/export')
  @HttpCode(202)
  @Scope('subject.manage')
  async export(@Tenant() tenant: TenantContext, @ResourceId() id: string): Promise<SubjectRequestView> {
    return toSubjectRequestView(await this.requests.export(tenant, id));
  }

  @Get(':id/exports/:number')
  @Scope('subject.manage')
  async fetch(
    @Tenant() tenant: TenantContext,
    @ResourceId() id: string,
    @ResourceNumber() number: number,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    const { zip, fileName } = await this.exports.part(tenant, id, number);
    void reply.header('cache-control', 'private, no-store');
    return new StreamableFile(zip, { type: 'application/zip', disposition: `attachment; filename="${fileName}"`, length: zip.length });
  }

  /** Proposes the erasure of what was found: a second person approves it before anything goes. */
  @Post(':id/erasure')
  @HttpCode(202)
  @Scope('subject.manage')
  async erase(
    @Tenant() tenant: TenantContext,
    @ResourceId() id: string,
    @Body({ schema: SubjectErasureRequest }) body: SubjectErasureRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ApprovalView> {
    const approval = await this.approvals.propose(tenant, await this.requests.erasureOf(tenant, id, body));
    void reply.header('location', `/v1/approvals/${approval.id}`);
    return toApprovalView(approval);
  }

  @Post(':id/close')
  @HttpCode(200)
  @Scope('subject.manage')
  async close(
    @Tenant() tenant: TenantContext,
    @ResourceId() id: string,
    @Body({ schema: SubjectRequestClosing }) { reason }: SubjectRequestClosing,
  ): Promise<SubjectRequestView> {
    return toSubjectRequestView(await this.requests.close(tenant, id, reason));
  }
}
