import { AuditLog } from '@app/audit';
import { ProblemError } from '@app/contracts';
import { type TenantContext, UnitOfWork } from '@app/database';
import { ObjectStore } from '@app/storage';
import { Injectable } from '@nestjs/common';
import type { Readable } from 'node:stream';
import { ReceiptIntake, type Upload } from './intake/receipt-intake';
import type { Receipt } from './receipt.entity';
import { ReceiptStore } from './receipt.store';

/** An image ready to be streamed to whoever may see it; that it was opened is already on record. */
export interface OpenedImage {
  mediaType: string;
  byteSize: number;
  fileName: string;
  bytes: Readable;
}

/** What a tenant can do with its receipts. */
@Injectable()
export class Receipts {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly store: ReceiptStore,
    private readonly objects: ObjectStore,
    private readonly audit: AuditLog,
    private readonly intake: ReceiptIntake,
  ) {}

  /** @throws ProblemError for a bad upload, of which nothing is then stored. */
  async upload(tenant: TenantContext, upload: Upload): Promise<Receipt> {
    return this.intake.take(tenant, upload);
  }

  /** @throws ProblemError `not-found`, for a foreign receipt as for a missing one. */
  async get(tenant: TenantContext, id: string): Promise<Receipt> {
    const receipt = await this.unitOfWork.run(tenant, (tx) => this.store.find(tx, id));
    if (receipt === null) throw new ProblemError('not-found');
    return receipt;
  }

  /** At most `limit` receipts, newest first, and the `before` of the following page. */
  async page(
    tenant: TenantContext,
    page: { limit: number; before?: string | undefined },
  ): Promise<{ items: Receipt[]; next: string | null }> {
    const rows = await this.unitOfWork.run(tenant, (tx) => this.store.page(tx, { ...page, limit: page.limit + 1 }));
    const items = rows.slice(0, page.limit);
    return { items, next: rows.length > page.limit ? (items.at(-1)?.id ?? null) : null };
  }

  /** Opens a receipt's image. The view is committed to the audit before the first byte is read: no record, no image. */
  async openImage(tenant: TenantContext, id: string): Promise<OpenedImage> {
    const receipt = await this.unitOfWork.run(tenant, async (tx) => {
      const found = await this.store.find(tx, id);
      if (found === null) throw new ProblemError('not-found');
      await this.audit.append(tx, { action: 'receipt.image.view', targetType: 'receipt', targetId: id });
      return found;
    });
    const { mediaType, byteSize, fileName } = receipt;
    return { mediaType, byteSize, fileName, bytes: await this.objects.get(receipt.objectKey) };
  }
}
