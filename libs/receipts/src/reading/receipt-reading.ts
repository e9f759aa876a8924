import { AuditLog } from '@app/audit';
import type { JobPayloads, Reading } from '@app/contracts';
import { UnsealError } from '@app/crypto';
import type { PaintedPage } from '@app/documents';
import { type TenantContext, type Tx, UnitOfWork } from '@app/database';
import { PermanentJobError } from '@app/queue';
import { WebhookOutbox } from '@app/webhooks';
import { Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { BillLedger } from '../ledger/bill-ledger';
import { pagePictureKey } from '../page-picture';
import type { Receipt } from '../receipt.entity';
import { ReceiptStore } from '../receipt.store';
import { type ObjectSecret, OriginalKeys } from '../sealing/original-keys';
import { SealedObjects } from '../sealing/sealed-objects';
import type { ReadingFailure } from './reading-failure';
import { receiptNews } from './receipt-news';
import { ReceiptReader } from './receipt-reader';

/** After so many tries that failed for no reason of the document's own, the receipt is marked failed rather than left queued for ever. */
const MAX_TRIES = 3;

/** A reading, and its document's pages as a person is to see them. */
interface Done {
  reading: Reading;
  pages: readonly PaintedPage[];
}

type OpenKey = Omit<ObjectSecret, 'sealed'>;

/** Reads stored receipts, on the worker. Harmless when run twice: a receipt that is read or failed is left as it is. */
@Injectable()
export class ReceiptReading {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly store: ReceiptStore,
    private readonly objects: SealedObjects,
    private readonly keys: OriginalKeys,
    private readonly audit: AuditLog,
    private readonly reader: ReceiptReader,
    private readonly ledger: BillLedger,
    private readonly outbox: WebhookOutbox,
  ) {}

  /** @throws whatever stopped a try that is worth repeating; PermanentJobError when there is no such receipt. */
  async read(payload: JobPayloads['receipt.read'], job: { id: string; attempt: number; signal: AbortSignal }): Promise<void> {
    const tenant: TenantContext = { tenantId: payload.tenantId, actor: { type: 'worker', id: job.id, name: 'receipt.read' } };
    const receipt = await this.unitOfWork.run(tenant, (tx) => this.store.find(tx, payload.receiptId));
    if (receipt === null) throw new PermanentJobError(`receipt ${payload.receiptId} does not exist`);
    if (receipt.state !== 'queued') return;
    const key = await this.keys.open(tenant, receipt);
    const result = await this.tryReading(receipt, key, job);
    // Outside of the tries: a store that is full or away is no fault of the document's, and the job waits for it.
    if (typeof result !== 'string') await this.storePages(receipt, key, result.pages);
    await this.unitOfWork.run(tenant, (tx) => this.record(tx, receipt.id, result));
  }

  private async tryReading(receipt: Receipt, key: OpenKey, job: { attempt: number; signal: AbortSignal }): Promise<Done | ReadingFailure> {
    const bytes = await this.original(receipt, key);
    if (bytes === null || createHash('sha256').update(bytes).digest('hex') !== receipt.sha256) return 'stored-bytes-changed';
    try {
      const pages: PaintedPage[] = [];
      const onPage = (_number: number, page: PaintedPage): Promise<void> => Promise.resolve(void pages.push(page));
      return { reading: await this.reader.read(bytes, { signal: job.signal, onPage }), pages };
    } catch (error) {
      // A job that was taken away is not the document's fault: whoever gets it next reads it.
      if (job.attempt < MAX_TRIES || job.signal.aborted) throw error;
      return 'reading-failed';
    }
  }

  /** Null where the stored bytes are not those that were sealed. */
  private async original({ tenantId, objectKey }: Receipt, key: OpenKey): Promise<Buffer | null> {
    try {
      return await this.objects.read({ tenantId, name: objectKey, ...key });
    } catch (error) {
      if (error instanceof UnsealError) return null;
      throw error;
    }
  }

  private async storePages({ tenantId, objectKey }: Receipt, key: OpenKey, pages: readonly PaintedPage[]): Promise<void> {
    for (const [at, { mediaType, bytes }] of pages.entries()) {
      await this.objects.put({ tenantId, name: pagePictureKey(objectKey, at + 1, mediaType), ...key }, Readable.from([bytes]));
    }
  }

  private async record(tx: Tx, id: string, result: Done | ReadingFailure): Promise<void> {
    const receipt = await this.store.lock(tx, id);
    if (receipt?.state !== 'queued') return;
    const target = { targetType: 'receipt', targetId: id };
    if (typeof result === 'string') {
      receipt.failReading(result, new Date());
      await this.audit.append(tx, { ...target, action: 'receipt.fail', detail: { code: result } });
    } else {
      const { reading, pages } = result;
      const forms = pages.map(({ mediaType }) => mediaType);
      receipt.completeReading(reading, forms, new Date());
      await this.audit.append(tx, {
        ...target,
        action: 'receipt.read',
        detail: { decision: reading.decision, bills: reading.bills.length, rulesVersion: reading.rulesVersion ?? null },
      });
    }
    await this.store.save(tx, receipt);
    await this.ledger.noteReading(tx, receipt);
    const news = receiptNews(receipt);
    if (news !== null) await this.outbox.emit(tx, news);
  }
}
