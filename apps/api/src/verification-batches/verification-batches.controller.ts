import {
  type BatchErrorPage,
  BatchErrorQuery,
  BatchFileQuery,
  BatchFromReceiptsRequest,
  BatchStartRequest,
  BatchUploadQuery,
  PageQuery,
  type VerificationBatchPage,
  type VerificationBatchView,
} from '@app/contracts';
import type { TenantContext } from '@app/database';
import { TABLE_LIMITS } from '@app/tabular';
import { type BatchFile, BatchViews, errorsFile, resultFile, templateFile, VerificationBatches } from '@app/verification';
import { Body, Controller, Get, HttpCode, Post, Query, Req, Res, StreamableFile } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Readable } from 'node:stream';
import { Purpose } from '../auth/purpose.decorator';
import { Scope } from '../auth/scope.decorator';
import { Tenant } from '../auth/tenant.decorator';
import { idempotencyKey } from '../http/idempotency-key';
import { processingBasis } from '../http/processing-basis';
import { ResourceId } from '../http/resource-id.decorator';
import { arrivingUpload } from '../receipts/arriving-upload';
import { collected } from './collected-bytes';
import { toBatchErrorPage, toVerificationBatchPage, toVerificationBatchView } from './verification-batches.mapper';

@Controller('v1/verification-batches')
export class VerificationBatchesController {
  constructor(
    private readonly batches: VerificationBatches,
    private readonly views: BatchViews,
  ) {}

  @Get('template')
  @Scope('batch.read')
  template(@Query({ schema: BatchFileQuery }) query: BatchFileQuery, @Res({ passthrough: true }) reply: FastifyReply): StreamableFile {
    return attached(reply, templateFile(query));
  }

  @Post()
  @Scope('batch.write')
  async upload(
    @Tenant() tenant: TenantContext,
    @Query({ schema: BatchUploadQuery }) { provider }: BatchUploadQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<VerificationBatchView> {
    const key = idempotencyKey(request.headers['idempotency-key']);
    const basis = processingBasis(request);
    const { fileName, bytes } = await arrivingUpload(request, TABLE_LIMITS);
    const upload = { fileName, bytes: await collected(bytes, TABLE_LIMITS), provider, basis };
    const { id } = await this.batches.createFromTable(tenant, upload, key);
    return this.made(tenant, reply, id);
  }

  @Post('from-receipts')
  @Scope('batch.write')
  async fromReceipts(
    @Tenant() tenant: TenantContext,
    @Body({ schema: BatchFromReceiptsRequest }) body: BatchFromReceiptsRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<VerificationBatchView> {
    const key = idempotencyKey(request.headers['idempotency-key']);
    const { id } = await this.batches.createFromReceipts(tenant, { ...body, basis: processingBasis(request) }, key);
    return this.made(tenant, reply, id);
  }

  @Get()
  @Scope('batch.read')
  async list(@Tenant() tenant: TenantContext, @Query({ schema: PageQuery }) page: PageQuery): Promise<VerificationBatchPage> {
    return toVerificationBatchPage(await this.views.page(tenant, page));
  }

  @Get(':id')
  @Scope('batch.read')
  async get(@Tenant() tenant: TenantContext, @ResourceId() id: string, @Purpose() purpose: string | null): Promise<VerificationBatchView> {
    return toVerificationBatchView(await this.views.get(tenant, id, purpose), { masked: purpose === null });
  }

  @Get(':id/errors')
  @Scope('batch.read')
  async errors(
    @Tenant() tenant: TenantContext,
    @ResourceId() id: string,
    @Query({ schema: BatchErrorQuery }) page: BatchErrorQuery,
  ): Promise<BatchErrorPage> {
    return toBatchErrorPage(await this.views.errors(tenant, id, page));
  }

  @Get(':id/errors/file')
  @Scope('batch.read')
  async errorsFile(
    @Tenant() tenant: TenantContext,
    @ResourceId() id: string,
    @Query({ schema: BatchFileQuery }) query: BatchFileQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    return attached(reply, errorsFile(await this.views.result(tenant, id, { format: query.format, kind: 'errors' }), query));
  }

  @Get(':id/result')
  @Scope('batch.read')
  async result(
    @Tenant() tenant: TenantContext,
    @ResourceId() id: string,
    @Query({ schema: BatchFileQuery }) query: BatchFileQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    return attached(reply, resultFile(await this.views.result(tenant, id, { format: query.format, kind: 'result' }), query));
  }

  @Post(':id/start')
  @HttpCode(200)
  @Scope('batch.write')
  async start(
    @Tenant() tenant: TenantContext,
    @ResourceId() id: string,
    @Body({ schema: BatchStartRequest }) body: BatchStartRequest,
  ): Promise<VerificationBatchView> {
    await this.batches.start(tenant, id, body);
    return this.shown(tenant, id);
  }

  @Post(':id/pause')
  @HttpCode(200)
  @Scope('batch.write')
  async pause(@Tenant() tenant: TenantContext, @ResourceId() id: string): Promise<VerificationBatchView> {
    await this.batches.pause(tenant, id);
    return this.shown(tenant, id);
  }

  @Post(':id/resume')
  @HttpCode(200)
  @Scope('batch.write')
  async resume(@Tenant() tenant: TenantContext, @ResourceId() id: string): Promise<VerificationBatchView> {
    await this.batches.resume(tenant, id);
    return this.shown(tenant, id);
  }

  @Post(':id/cancel')
  @HttpCode(200)
  @Scope('batch.write')
  async cancel(@Tenant() tenant: TenantContext, @ResourceId() id: string): Promise<VerificationBatchView> {
    await this.batches.cancel(tenant, id);
    return this.shown(tenant, id);
  }

  private async shown(tenant: TenantContext, id: string): Promise<VerificationBatchView> {
    return toVerificationBatchView(await this.views.get(tenant, id), { masked: true });
  }

  private async made(tenant: TenantContext, reply: FastifyReply, id: string): Promise<VerificationBatchView> {
    void reply.header('location', `/v1/verification-batches/${id}`);
    return this.shown(tenant, id);
  }
}

function attached(reply: FastifyReply, { bytes, mediaType, fileName }: BatchFile): StreamableFile {
  void reply.header('cache-control', 'private, no-store');
  return new StreamableFile(Readable.from(bytes), {
    type: mediaType,
    disposition: `attachment; filename*=UTF-8''${encodeURIComponent(fileName)}`,
  });
}
