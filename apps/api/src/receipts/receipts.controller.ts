import { type BatchView, CorrectionRequest, type CorrectionView, PageQuery, type ReceiptPage, type ReceiptView } from '@app/contracts';
import type { TenantContext } from '@app/database';
import { BATCH_LIMITS, Corrections, type ImageView, type OpenedImage, ReceiptBatches, type ReceiptDetail, Receipts } from '@app/receipts';
import { Body, Controller, Get, HttpCode, Inject, Post, Query, Req, Res, StreamableFile } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Purpose, ViewPurpose } from '../auth/purpose.decorator';
import { Scope } from '../auth/scope.decorator';
import { Tenant } from '../auth/tenant.decorator';
import { Accepted } from '../http/accepted';
import { idempotencyKey } from '../http/idempotency-key';
import { processingBasis } from '../http/processing-basis';
import { ResourceId } from '../http/resource-id.decorator';
import { ResourceNumber } from '../http/resource-number.decorator';
import { arrivingUpload } from './arriving-upload';
import { toBatchView } from './batches.mapper';
import { toCorrectionView, toReceiptPage, toReceiptView } from './receipts.mapper';
import { UPLOAD_LIMITS, type UploadBounds } from './upload-limits';

@Controller('v1/receipts')
export class ReceiptsController {
  constructor(
    private readonly receipts: Receipts,
    private readonly batches: ReceiptBatches,
    private readonly corrections: Corrections,
    private readonly accepted: Accepted,
    @Inject(UPLOAD_LIMITS) private readonly limits: UploadBounds,
  ) {}

  @Post()
  @Scope('receipt.write')
  async upload(
    @Tenant() tenant: TenantContext,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ReceiptView> {
    const basis = processingBasis(request);
    const { id } = await this.receipts.upload(tenant, { ...(await arrivingUpload(request, this.limits)), basis });
    const detail = await this.accepted.answer(request, reply, {
      id,
      location: `/v1/receipts/${id}`,
      look: () => this.receipts.get(tenant, id),
      isDone: ({ receipt: { state } }: ReceiptDetail) => state !== 'queued',
    });
    return toReceiptView(detail, { masked: true });
  }

  /** Answers when every document is stored; they are read afterwards. */
  @Post('batch')
  @HttpCode(202)
  @Scope('receipt.write')
  async uploadBatch(@Tenant() tenant: TenantContext, @Req() request: FastifyRequest): Promise<BatchView> {
    const key = idempotencyKey(request.headers['idempotency-key']);
    const basis = processingBasis(request);
    return toBatchView(await this.batches.take(tenant, { ...(await arrivingUpload(request, BATCH_LIMITS)), basis }, key));
  }

  @Get()
  @Scope('receipt.read')
  async list(@Tenant() tenant: TenantContext, @Query({ schema: PageQuery }) page: PageQuery): Promise<ReceiptPage> {
    return toReceiptPage(await this.receipts.page(tenant, page));
  }

  @Get(':id')
  @Scope('receipt.read')
  async get(@Tenant() tenant: TenantContext, @ResourceId() id: string, @Purpose() purpose: string | null): Promise<ReceiptView> {
    return toReceiptView(await this.receipts.getWithBases(tenant, id, purpose), { masked: purpose === null });
  }

  /** Opens the caller's review, or holds it open. A reviewer compares every letter with the page: what is masked cannot be corrected. */
  @Post(':id/review')
  @HttpCode(200)
  @Scope('receipt.review')
  async review(@Tenant() tenant: TenantContext, @ResourceId() id: string): Promise<ReceiptView> {
    return toReceiptView(await this.receipts.review(tenant, id), { masked: false });
  }

  @Post(':id/bills/:number/corrections')
  @Scope('receipt.review')
  async correct(
    @Tenant() tenant: TenantContext,
    @ResourceId() receiptId: string,
    @ResourceNumber() billNumber: number,
    @Body({ schema: CorrectionRequest }) body: CorrectionRequest,
  ): Promise<CorrectionView> {
    return toCorrectionView(await this.corrections.correct(tenant, { receiptId, billNumber }, body), { masked: false });
  }

  @Get(':id/image')
  @Scope('receipt.image')
  async image(
    @Tenant() tenant: TenantContext,
    @ResourceId() id: string,
    @ViewPurpose() view: ImageView,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    return streamed(reply, await this.receipts.openImage(tenant, id, view));
  }

  @Get(':id/pages/:number/image')
  @Scope('receipt.image')
  async pageImage(
    @Tenant() tenant: TenantContext,
    @ResourceId() id: string,
    @ResourceNumber() number: number,
    @ViewPurpose() view: ImageView,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    return streamed(reply, await this.receipts.openPageImage(tenant, id, number, view));
  }
}

/** Nobody keeps the image, and nothing in it can run or load anything: an upload may be XML, a page's picture an SVG. */
function streamed(reply: FastifyReply, { bytes, mediaType, byteSize, fileName }: OpenedImage): StreamableFile {
  void reply
    .header('cache-control', 'private, no-store')
    .header('content-security-policy', "default-src 'none'; base-uri 'none'; frame-ancestors 'none'; sandbox");
  return new StreamableFile(bytes, {
    type: mediaType,
    disposition: `inline; filename*=UTF-8''${encodeURIComponent(fileName)}`,
    ...(byteSize !== null && { length: byteSize }),
  });
}
