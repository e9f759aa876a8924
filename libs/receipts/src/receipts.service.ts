import { AuditLog, readOf } from '@app/audit';
import { ProblemError, REVIEW_PURPOSE } from '@app/contracts';
import { UnsealError } from '@app/crypto';
import type { PaintedType } from '@app/documents';
import { type TenantContext, type Tx, UnitOfWork } from '@app/database';
import { ObjectNotFoundError } from '@app/storage';
import { Injectable } from '@nestjs/common';
import type { Readable } from 'node:stream';
import { type KeptBasis, ProcessingBases } from './basis/processing-bases';
import { ReceiptIntake, type Upload } from './intake/receipt-intake';
import { pagePictureKey, pagePictureName } from './page-picture';
import type { Receipt } from './receipt.entity';
import { ReceiptStore } from './receipt.store';
import type { Correction } from './review/correction.entity';
import { CorrectionStore } from './review/correction.store';
import { OpenReviewStore } from './review/open-review.store';
import { OriginalKeys } from './sealing/original-keys';
import { OriginalFaults } from './integrity/original-faults';
import { OriginalScan } from './scanning/original-scan';
import { SealedObjects } from './sealing/sealed-objects';

/** An image ready to be streamed to whoever may see it; that it was opened is already on record. */
export interface OpenedImage {
  mediaType: string;
  /** Null where only the last byte tells. */
  byteSize: number | null;
  fileName: string;
  bytes: Readable;
}

/** Why somebody looks at an image: in their own words, or null where the review that a reviewer has open says it. */
export interface ImageView {
  purpose: string | null;
  isReviewer: boolean;
}

/** A receipt, and of each of its bills the review that stands, if there is one. */
export interface ReceiptDetail {
  receipt: Receipt;
  corrections: Correction[];
  /** By what right and what for it is processed, where that was looked up. */
  bases?: KeptBasis[];
}

/** What a tenant can do with its receipts. */
@Injectable()
export class Receipts {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly store: ReceiptStore,
    private readonly corrections: CorrectionStore,
    private readonly objects: SealedObjects,
    private readonly keys: OriginalKeys,
    private readonly audit: AuditLog,
    private readonly intake: ReceiptIntake,
    private readonly reviews: OpenReviewStore,
    private readonly scan: OriginalScan,
    private readonly faults: OriginalFaults,
    private readonly bases: ProcessingBases,
  ) {}

  /** @throws ProblemError for a bad upload, of which nothing is then stored. */
  async upload(tenant: TenantContext, upload: Upload): Promise<Receipt> {
    return this.intake.take(tenant, upload);
  }

  /**
   * With a purpose, that its personal fields were seen is committed to the audit first: no record, no value.
   * @throws ProblemError `not-found`, for a foreign receipt as for a missing one.
   */
  async get(tenant: TenantContext, id: string, purpose: string | null = null): Promise<ReceiptDetail> {
    return this.unitOfWork.run(tenant, (tx) => this.detail(tx, id, purpose));
  }

  /** The same with its basis, or its archive's. */
  async getWithBases(tenant: TenantContext, id: string, purpose: string | null): Promise<ReceiptDetail> {
    return this.unitOfWork.run(tenant, async (tx) => {
      const detail = await this.detail(tx, id, purpose);
      return { ...detail, bases: await this.bases.of(tx, { receipts: [id] }) };
    });
  }

  /** The same for whoever corrects it, unmasked. From now on, and for some hours, the review is what the caller looks at its pages for. */
  async review(tenant: TenantContext, id: string): Promise<ReceiptDetail> {
    return this.unitOfWork.run(tenant, async (tx) => {
      const detail = await this.detail(tx, id, REVIEW_PURPOSE);
      await this.reviews.open(tx, id);
      return { ...detail, bases: await this.bases.of(tx, { receipts: [id] }) };
    });
  }

  /** At most `limit` receipts, newest first, and the `before` of the following page. */
  async page(
    tenant: TenantContext,
    page: { limit: number; before?: string | undefined },
  ): Promise<{ items: ReceiptDetail[]; next: string | null }> {
    return this.unitOfWork.run(tenant, async (tx) => {
      const found = await this.store.page(tx, { ...page, limit: page.limit + 1 });
      const receipts = found.slice(0, page.limit);
      const corrections = await this.corrections.standing(
        tx,
        receipts.map(({ id }) => id),
      );
      const items = receipts.map((receipt) => ({ receipt, corrections: corrections.filter(({ receiptId }) => receiptId === receipt.id) }));
      const rows = receipts.filter(({ reading }) => reading !== null).length;
      if (rows > 0) await this.audit.append(tx, readOf('list', 'receipts', { kinds: 'reading', rows }));
      return { items, next: found.length > page.limit ? (receipts.at(-1)?.id ?? null) : null };
    });
  }

  /**
   * Opens a receipt's original. The view and its purpose are committed to the audit before the first byte is read: no record, no image. Whoever
   * names no purpose must have the receipt open for review, which is one.
   * What was clean when it came may be known as malware since: it is scanned again.
   * @throws ProblemError `purpose-required`, `malware-found`, `scanner-unavailable`, `original-damaged`, `original-missing`
   */
  async openImage(tenant: TenantContext, id: string, view: ImageView): Promise<OpenedImage> {
    const receipt = await this.viewed(tenant, id, view);
    const { mediaType, byteSize, fileName, sha256 } = receipt;
    await this.scan.assertClean(tenant, { targetType: 'receipt', id, sha256 }, () => this.original(tenant, receipt));
    return { mediaType, byteSize, fileName, bytes: await this.original(tenant, receipt) };
  }

  /**
   * Opens the picture of a page, `number` from 1, under the same rule.
   * @throws ProblemError `receipt-not-read` while there may yet be one, `not-found` where there is none,
   *   `picture-damaged`
   */
  async openPageImage(tenant: TenantContext, id: string, number: number, view: ImageView): Promise<OpenedImage> {
    const receipt = await this.viewed(tenant, id, { ...view, page: number });
    const mediaType = pictureOf(receipt, number);
    const bytes = await this.picture(tenant, receipt, pagePictureKey(receipt.objectKey, number, mediaType));
    return { mediaType, byteSize: null, fileName: pagePictureName(receipt.fileName, number, mediaType), bytes };
  }

  private async detail(tx: Tx, id: string, purpose: string | null): Promise<ReceiptDetail> {
    const receipt = await this.store.find(tx, id);
    if (receipt === null) throw new ProblemError('not-found');
    if (purpose !== null) {
      await this.audit.append(tx, { action: 'personal.unmask', targetType: 'receipt', targetId: id, detail: { purpose } });
    }
    return { receipt, corrections: await this.corrections.standing(tx, [id]) };
  }

  /** That its key does not open says nothing of the original, and is the operator's trouble. */
  private async original(tenant: TenantContext, receipt: Receipt): Promise<Readable> {
    const place = { tenantId: tenant.tenantId, name: receipt.objectKey, ...(await this.keys.open(tenant, receipt)) };
    return this.faults.guarded(tenant, receipt, () => this.objects.get(place));
  }

  private async picture(tenant: TenantContext, receipt: Receipt, name: string): Promise<Readable> {
    const place = { tenantId: tenant.tenantId, name, ...(await this.keys.open(tenant, receipt)) };
    return this.objects.get(place).catch((error: unknown) => {
      const isGone = error instanceof ObjectNotFoundError || error instanceof UnsealError;
      throw isGone ? new ProblemError('picture-damaged', { cause: error }) : error;
    });
  }

  private viewed(tenant: TenantContext, id: string, { page, ...view }: ImageView & { page?: number }): Promise<Receipt> {
    return this.unitOfWork.run(tenant, async (tx) => {
      const receipt = await this.store.find(tx, id);
      if (receipt === null) throw new ProblemError('not-found');
      assertNotErased(receipt);
      if (page !== undefined) pictureOf(receipt, page);
      const detail = { ...(page !== undefined && { page }), purpose: await this.purposeOf(tx, id, view) };
      await this.audit.append(tx, { action: 'receipt.image.view', targetType: 'receipt', targetId: id, detail });
      return receipt;
    });
  }

  /** A right to review that was taken away since opens nothing. */
  private async purposeOf(tx: Tx, id: string, { purpose, isReviewer }: ImageView): Promise<string> {
    if (purpose !== null) return purpose;
    if (isReviewer && (await this.reviews.isOpen(tx, id))) return REVIEW_PURPOSE;
    throw new ProblemError('purpose-required');
  }
}

/** @throws ProblemError `erased`, saying since when and by which rule */
function assertNotErased({ originalErasedAt: at, originalErasedBy: rule }: Receipt): void {
  if (at !== null) throw new ProblemError('erased', { detail: `Erased on ${at.toISOString()} by ${rule ?? 'a rule that is not known'}` });
}

function pictureOf(receipt: Receipt, number: number): PaintedType {
  const mediaType = receipt.pagePictures?.[number - 1];
  if (mediaType !== undefined) return mediaType;
  throw new ProblemError(receipt.state === 'queued' ? 'receipt-not-read' : 'not-found');
}
