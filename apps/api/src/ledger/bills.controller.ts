import { Approvals } from '@app/approvals';
import {
  type ApprovalView,
  type BillDetailView,
  BillExportRequest,
  BillListQuery,
  BillOriginRequest,
  type BillPage,
  BillPayerQuery,
  BillSearchRequest,
  BookingRequest,
  BookingUndoRequest,
} from '@app/contracts';
import type { TenantContext } from '@app/database';
import { EvidencePacks } from '@app/evidence';
import { BillExports, BillOrigins, Bills, BillsOfPayer, Bookings } from '@app/receipts';
import { Body, Controller, Delete, Get, HttpCode, Post, Put, Query, Res, StreamableFile } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { toApprovalView } from '../approvals/approvals.mapper';
import { Scope } from '../auth/scope.decorator';
import { Tenant } from '../auth/tenant.decorator';
import { ResourceId } from '../http/resource-id.decorator';
import { toBillDetailView, toBillPage } from './bills.mapper';

const MEDIA_TYPES = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const;

@Controller('v1/bills')
export class BillsController {
  constructor(
    private readonly bills: Bills,
    private readonly ofPayer: BillsOfPayer,
    private readonly bookings: Bookings,
    private readonly origins: BillOrigins,
    private readonly exports: BillExports,
    private readonly evidence: EvidencePacks,
    private readonly approvals: Approvals,
  ) {}

  @Get()
  @Scope('ledger.read')
  async list(@Tenant() tenant: TenantContext, @Query({ schema: BillListQuery }) query: BillListQuery): Promise<BillPage> {
    return toBillPage(await this.bills.page(tenant, { ...query, sort: 'newest' }));
  }

  @Post('search')
  @HttpCode(200)
  @Scope('ledger.read')
  async find(@Tenant() tenant: TenantContext, @Body({ schema: BillSearchRequest }) body: BillSearchRequest): Promise<BillPage> {
    return toBillPage(await this.bills.page(tenant, body));
  }

  @Post('of-payer')
  @HttpCode(200)
  @Scope('ledger.read')
  async listOfPayer(@Tenant() tenant: TenantContext, @Body({ schema: BillPayerQuery }) body: BillPayerQuery): Promise<BillPage> {
    return toBillPage(await this.ofPayer.page(tenant, body));
  }

  @Post('export')
  @HttpCode(200)
  @Scope('ledger.export')
  async export(
    @Tenant() tenant: TenantContext,
    @Body({ schema: BillExportRequest }) { format, language, ...filter }: BillExportRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    const table = await this.exports.open(tenant, { filter, format, language });
    void reply.header('cache-control', 'private, no-store');
    return new StreamableFile(table, { type: MEDIA_TYPES[format], disposition: `attachment; filename="piaoyan-ledger.${format}"` });
  }

  @Get(':id')
  @Scope('ledger.read')
  async get(@Tenant() tenant: TenantContext, @ResourceId() id: string): Promise<BillDetailView> {
    return toBillDetailView(await this.bills.get(tenant, id));
  }

  @Get(':id/evidence')
  @Scope('evidence.export')
  async pack(
    @Tenant() tenant: TenantContext,
    @ResourceId() id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    const { zip, fileName } = await this.evidence.make(tenant, id);
    void reply.header('cache-control', 'private, no-store');
    return new StreamableFile(zip, { type: 'application/zip', disposition: `attachment; filename="${fileName}"` });
  }

  @Put(':id/origin')
  @Scope('ledger.book')
  async setOrigin(
    @Tenant() tenant: TenantContext,
    @ResourceId() id: string,
    @Body({ schema: BillOriginRequest }) body: BillOriginRequest,
  ): Promise<BillDetailView> {
    await this.origins.set(tenant, id, body);
    return toBillDetailView(await this.bills.get(tenant, id));
  }

  @Post(':id/booking')
  @Scope('ledger.book')
  async book(
    @Tenant() tenant: TenantContext,
    @ResourceId() id: string,
    @Body({ schema: BookingRequest }) body: BookingRequest,
  ): Promise<BillDetailView> {
    await this.bookings.book(tenant, id, body);
    return toBillDetailView(await this.bills.get(tenant, id));
  }

  /** Proposes to take the booking back: a second person approves it before anything changes. */
  @Delete(':id/booking')
  @HttpCode(202)
  @Scope('ledger.book')
  async undo(
    @Tenant() tenant: TenantContext,
    @ResourceId() id: string,
    @Body({ schema: BookingUndoRequest }) body: BookingUndoRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ApprovalView> {
    const approval = await this.approvals.propose(tenant, await this.bookings.undoing(tenant, id, body));
    void reply.header('location', `/v1/approvals/${approval.id}`);
    return toApprovalView(approval);
  }
}
