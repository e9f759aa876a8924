import { type AuditDetail, AuditLog } from '@app/audit';
import type { ProcessingBasis } from '@app/contracts';
import { type TenantContext, UnitOfWork } from '@app/database';
import { JobQueue } from '@app/queue';
import type { StoredObject } from '@app/storage';
import type { Quotas } from '@app/tenancy';
import type { Readable } from 'node:stream';
import { v7 as uuidv7 } from 'uuid';
import type { ProcessingBases } from '../basis/processing-bases';
import { Receipt } from '../receipt.entity';
import { ReceiptStore } from '../receipt.store';
import type { ObjectSecret, OriginalKeys } from '../sealing/original-keys';
import type { OriginalScan } from '../scanning/original-scan';
import type { SealedObjects, SealedPlace } from '../sealing/sealed-objects';
import type { ProbedDocument } from '@app/documents';
import type { DocumentProbe } from './document-probe';
import { limitedBytes } from './limited-bytes';

/** One upload: its bytes as they arrive, and the name the client gave. */
export interface Upload {
  fileName: string;
  bytes: Readable;
  /** By what right and what for it is processed, where the caller says so. */
  basis?: ProcessingBasis | undefined;
}

/** Where in a batch a document stands, `batchNumber` from 1. */
export interface BatchPlace {
  batchId: string;
  batchNumber: number;
}

const NO_BATCH = { batchId: null, batchNumber: null };
const MAX_FILE_NAME_LENGTH = 255;

/** Takes uploads in: streamed to the object store under a key of their own, probed, and then receipt, audit entry and reading job in one transaction. */
export class ReceiptIntake {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly store: ReceiptStore,
    private readonly objects: SealedObjects,
    private readonly keys: OriginalKeys,
    private readonly jobs: JobQueue,
    private readonly audit: AuditLog,
    private readonly quotas: Quotas,
    private readonly scan: OriginalScan,
    private readonly bases: ProcessingBases,
    private readonly probe: DocumentProbe,
    private readonly limits: { maxBytes: number },
  ) {}

  /**
   * @throws ProblemError for whatever is wrong with the upload; after any failure nothing of it is stored.
   */
  async take(tenant: TenantContext, upload: Upload, place: BatchPlace | null = null): Promise<Receipt> {
    // A document of an archive stands on what was given for the archive.
    if (place === null) await this.unitOfWork.run(tenant, (tx) => this.bases.assertGiven(tx, upload.basis));
    await this.quotas.assertRoomForUpload(tenant);
    const id = uuidv7();
    const { sealed: originalKeySealed, ...secret } = await this.keys.create(tenant, id);
    const object = { tenantId: tenant.tenantId, name: `receipts/${tenant.tenantId}/${id}`, ...secret };
    const kept = await this.storeAndProbe(tenant, { ...object, id }, upload.bytes);
    const receipt = queuedReceipt(tenant, { id, objectKey: object.name, originalKeySealed, fileName: upload.fileName, place, ...kept });
    try {
      await this.record(tenant, receipt, upload.basis);
    } catch (error) {
      if (await this.isSurelyAbsent(tenant, id)) await this.objects.delete(object.name);
      throw error;
    }
    return receipt;
  }

  private async storeAndProbe(
    tenant: TenantContext,
    { id, ...object }: SealedPlace & Omit<ObjectSecret, 'sealed'> & { id: string },
    bytes: Readable,
  ): Promise<{ stored: StoredObject; probed: ProbedDocument }> {
    try {
      const stored = await this.objects.put(object, limitedBytes(bytes, this.limits));
      const { sha256 } = stored;
      await this.scan.assertClean(tenant, { targetType: 'upload', id, sha256 }, () => this.objects.get(object));
      return { stored, probed: await this.probe.probe(() => this.objects.read(object)) };
    } catch (error) {
      await this.objects.delete(object.name);
      throw error;
    }
  }

  /** A commit whose answer was lost may have happened. Bytes that a row points to, or may point to, are kept. */
  private async isSurelyAbsent(tenant: TenantContext, id: string): Promise<boolean> {
    try {
      return (await this.unitOfWork.run(tenant, (tx) => this.store.find(tx, id))) === null;
    } catch {
      return false;
    }
  }

  private record(tenant: TenantContext, receipt: Receipt, basis: ProcessingBasis | undefined): Promise<void> {
    return this.unitOfWork.run(tenant, async (tx) => {
      await this.store.insert(tx, receipt);
      await this.audit.append(tx, {
        action: 'receipt.upload',
        targetType: 'receipt',
        targetId: receipt.id,
        detail: factsOf(receipt),
      });
      if (receipt.batchId === null) await this.bases.keep(tx, { targetType: 'receipt', targetId: receipt.id }, basis);
      await this.jobs.enqueue(tx, 'receipt.read', { tenantId: tenant.tenantId, receiptId: receipt.id });
      // Last, because the tenant's other uploads wait for the count until this is committed.
      await this.quotas.useForUpload(tx, receipt);
    });
  }
}

function queuedReceipt(
  tenant: TenantContext,
  facts: Pick<Receipt, 'id' | 'objectKey' | 'originalKeySealed' | 'fileName'> & {
    place: BatchPlace | null;
    stored: StoredObject;
    probed: ProbedDocument;
  },
): Receipt {
  return Object.assign(new Receipt(), {
    tenantId: tenant.tenantId,
    id: facts.id,
    fileName: shownName(facts.fileName),
    mediaType: facts.probed.mediaType,
    byteSize: facts.stored.byteSize,
    sha256: facts.stored.sha256,
    objectKey: facts.objectKey,
    originalKeySealed: facts.originalKeySealed,
    state: 'queued' as const,
    failureCode: null,
    reading: null,
    pagePictures: null,
    originalFault: null,
    originalFaultAt: null,
    ...(facts.place ?? NO_BATCH),
    createdBy: tenant.actor.id,
    createdAt: new Date(),
    readAt: null,
  });
}

function factsOf({ sha256, byteSize, mediaType, batchId }: Receipt): AuditDetail {
  return { sha256, byteSize, mediaType, ...(batchId !== null && { batchId }) };
}

/** A name to show, never a path to open: the last segment, without control characters, of bounded length. */
function shownName(given: string): string {
  const last = given.split(/[\\/]/).at(-1) ?? '';
  return last
    .toWellFormed()
    .replace(/\p{Cc}/gu, '')
    .trim()
    .slice(0, MAX_FILE_NAME_LENGTH);
}
