import { AuditLog, readOf } from '@app/audit';
import { ProblemError } from '@app/contracts';
import type { PaintedType } from '@app/documents';
import { type TenantContext, UnitOfWork } from '@app/database';
import { Injectable } from '@nestjs/common';
import type { Readable } from 'node:stream';
import { ReceiptIntake, type Upload } from './intake/receipt-intake';
import { pagePictureKey, pagePictureName } from './page-picture';
import type { Receipt } from './receipt.entity';
import { ReceiptStore } from './receipt.store';
import type { Correction } from './review/correction.entity';
import { CorrectionStore } from './review/correction.store';
import { OriginalKeys } from './sealing/original-keys';
import { SealedObjects } from './sealing/sealed-objects';

/** An image ready to be streamed to whoever may see it; that it was opened is already on record. */
export interface OpenedImage {
  mediaType: string;
  /** Null where only the last byte tells. */
  byteSize: number | null;
  fileName: string;
  bytes: Readable;
}

/** A receipt, and of each of its bills the review that stands, if there is one. */
export interface ReceiptDetail {
  receipt: Receipt;
  corrections: Correction[];
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
    return this.unitOfWork.run(tenant, async (tx) => {
      const receipt = await this.store.find(tx, id);
      if (receipt === null) throw new ProblemError('not-found');
      if (purpose !== null) {
        await this.audit.append(tx, { action: 'personal.unmask', targetType: 'receipt', targetId: id, detail: { purpose } });
      }
      return { receipt, corrections: await this.corrections.standing(tx, [id]) };
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

  /** Opens a receipt's original. The view is committed to the audit before the first byte is read: no record, no image. */
  async openImage(tenant: TenantContext, id: string): Promise<OpenedImage> {
    const receipt = await this.viewed(tenant, id, {});
    const { mediaType, byteSize, fileName, objectKey } = receipt;
    return { mediaType, byteSize, fileName, bytes: await this.open(tenant, receipt, objectKey) };
  }

  /**
   * Opens the picture of a page, `number` from 1, under the same rule.
   * @throws ProblemError `receipt-not-read` while there may yet be one, `not-found` where there is none
   */
  async openPageImage(tenant: TenantContext, id: string, number: number): Promise<OpenedImage> {
    const receipt = await this.viewed(tenant, id, { page: number });
    const mediaType = pictureOf(receipt, number);
    const bytes = await this.open(tenant, receipt, pagePictureKey(receipt.objectKey, number, mediaType));
    return { mediaType, byteSize: null, fileName: pagePictureName(receipt.fileName, number, mediaType), bytes };
  }

  private async open(tenant: TenantContext, receipt: Receipt, name: string): Promise<Readable> {
    return this.objects.get({ tenantId: tenant.tenantId, name, ...(await this.keys.open(tenant, receipt)) });
  }

  private viewed(tenant: TenantContext, id: string, seen: { page?: number }): Promise<Receipt> {
    return this.unitOfWork.run(tenant, async (tx) => {
      const receipt = await this.store.find(tx, id);
      if (receipt === null) throw new ProblemError('not-found');
      assertNotErased(receipt);
      if (seen.page !== undefined) pictureOf(receipt, seen.page);
      await this.audit.append(tx, { action: 'receipt.image.view', targetType: 'receipt', targetId: id, detail: seen });
      return receipt;
    });
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
