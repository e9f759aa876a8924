import { AuditLog } from '@app/audit';
import { ProblemError, type ProcessingBasis } from '@app/contracts';
import { type TenantContext, UnitOfWork } from '@app/database';
import { ARCHIVE_LIMITS, type BatchFile, readBatch } from '@app/documents';
import type { StoredObject } from '@app/storage';
import { Readable } from 'node:stream';
import { v7 as uuidv7 } from 'uuid';
import type { ProcessingBases } from '../basis/processing-bases';
import { documentProblem } from '../intake/document-problem';
import { limitedBytes } from '../intake/limited-bytes';
import { OneAtATime } from '../intake/one-at-a-time';
import type { BatchPlace, ReceiptIntake, Upload } from '../intake/receipt-intake';
import { ReceiptStore } from '../receipt.store';
import type { OriginalKeys } from '../sealing/original-keys';
import type { SealedObjects } from '../sealing/sealed-objects';
import { assertArchive } from './assert-archive';
import { BATCH_LIMITS } from './batch-limits';
import { ReceiptBatch } from './receipt-batch.entity';
import { ReceiptBatchStore } from './receipt-batch.store';

/** What became of one document of a batch: the id of its receipt, or why it is none. */
export type BatchItem = { name: string; receiptId: string; problem: null } | { name: string; receiptId: null; problem: ProblemError };

/** What became of a batch. `problem` says why the documents after the last item were not looked at: the archive is damaged there. */
export interface BatchResult {
  id: string;
  items: BatchItem[];
  problem: ProblemError | null;
}

/** One document in an archive: its path there, its bytes, and its number in the archive's order, from 1. */
interface Numbered extends BatchFile {
  number: number;
}

/** Takes archives of documents in: each document becomes a receipt of its own, as if it had been uploaded alone. */
export class ReceiptBatches {
  private readonly turns = new OneAtATime();

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly store: ReceiptBatchStore,
    private readonly receipts: ReceiptStore,
    private readonly objects: SealedObjects,
    private readonly keys: OriginalKeys,
    private readonly audit: AuditLog,
    private readonly intake: ReceiptIntake,
    private readonly bases: ProcessingBases,
  ) {}

  /**
   * The same idempotency key with the same archive, on the same basis, goes on where an earlier try ended and gives the same receipts.
   * @throws ProblemError for an archive of which no document can be had, or an idempotency key used for another one
   */
  async take(tenant: TenantContext, upload: Upload, idempotencyKey?: string): Promise<BatchResult> {
    await this.unitOfWork.run(tenant, (tx) => this.bases.assertGiven(tx, upload.basis));
    const id = uuidv7();
    // The secret is kept nowhere: what a crash leaves behind nobody can open.
    const { secret, suite } = await this.keys.create(tenant, id);
    const object = { tenantId: tenant.tenantId, name: `staging/${tenant.tenantId}/${id}`, secret, suite };
    try {
      const stored = await this.objects.put(object, limitedBytes(upload.bytes, BATCH_LIMITS));
      return await this.turns.run(async () =>
        this.unpack(tenant, { bytes: await this.objects.read(object), stored, idempotencyKey, basis: upload.basis }),
      );
    } finally {
      await this.objects.delete(object.name);
    }
  }

  private async unpack(
    tenant: TenantContext,
    archive: { bytes: Buffer; stored: StoredObject; idempotencyKey: string | undefined; basis: ProcessingBasis | undefined },
  ): Promise<BatchResult> {
    await assertArchive(archive.bytes);
    // A document above the limit of an upload is refused on its own, so the archive may have larger ones.
    const files = readBatch(archive.bytes, { maxEntries: BATCH_LIMITS.maxEntries, maxTotalBytes: ARCHIVE_LIMITS.maxTotalBytes });
    const first = await nextFile(files);
    if (first instanceof ProblemError) throw first;
    if (first === null) throw new ProblemError('upload-empty', { detail: 'The archive holds no file' });
    const { id, isRepeated } = await this.open(tenant, archive.stored, archive);
    const result: BatchResult = { id, items: [], problem: null };
    for (let file: BatchFile | ProblemError | null = first; file !== null; file = await nextFile(files)) {
      if (file instanceof ProblemError) return { ...result, problem: file };
      result.items.push(await this.takeOne(tenant, { id, isRepeated }, { ...file, number: result.items.length + 1 }));
    }
    return result;
  }

  private open(
    tenant: TenantContext,
    { sha256, byteSize }: StoredObject,
    { idempotencyKey, basis }: { idempotencyKey: string | undefined; basis: ProcessingBasis | undefined },
  ): Promise<{ id: string; isRepeated: boolean }> {
    return this.unitOfWork.run(tenant, async (tx) => {
      if (idempotencyKey !== undefined) await this.store.serialize(tx, idempotencyKey);
      const earlier = idempotencyKey === undefined ? null : await this.store.findByIdempotencyKey(tx, idempotencyKey);
      if (earlier !== null && earlier.sha256 !== sha256) throw new ProblemError('idempotency-key-reused');
      if (earlier !== null) {
        if (!(await this.bases.isGiven(tx, { targetType: 'batch', targetId: earlier.id }, basis)))
          throw new ProblemError('idempotency-key-reused');
        return { id: earlier.id, isRepeated: true };
      }
      const batch = newBatch(tenant, sha256, idempotencyKey ?? null);
      await this.store.insert(tx, batch);
      await this.audit.append(tx, { action: 'receipt.batch', targetType: 'batch', targetId: batch.id, detail: { sha256, byteSize } });
      await this.bases.keep(tx, { targetType: 'batch', targetId: batch.id }, basis);
      return { id: batch.id, isRepeated: false };
    });
  }

  private async takeOne(tenant: TenantContext, batch: { id: string; isRepeated: boolean }, file: Numbered): Promise<BatchItem> {
    const place = { batchId: batch.id, batchNumber: file.number };
    const earlier = batch.isRepeated ? await this.takenAt(tenant, place) : null;
    if (earlier !== null) return { name: file.name, receiptId: earlier, problem: null };
    try {
      const { id } = await this.intake.take(tenant, { fileName: file.name, bytes: Readable.from([file.bytes]) }, place);
      return { name: file.name, receiptId: id, problem: null };
    } catch (error) {
      if (error instanceof ProblemError) return { name: file.name, receiptId: null, problem: error };
      // Another try with the same key may have taken it at the same moment: the database lets only one have the place.
      const taken = await this.takenAt(tenant, place);
      if (taken === null) throw error;
      return { name: file.name, receiptId: taken, problem: null };
    }
  }

  private async takenAt(tenant: TenantContext, place: BatchPlace): Promise<string | null> {
    return (await this.unitOfWork.run(tenant, (tx) => this.receipts.findInBatch(tx, place)))?.id ?? null;
  }
}

/** The next file of an archive, null after the last one, or what is wrong with the archive there. */
async function nextFile(files: AsyncGenerator<BatchFile>): Promise<BatchFile | ProblemError | null> {
  try {
    const next = await files.next();
    return next.done === true ? null : next.value;
  } catch (error) {
    const problem = documentProblem(error);
    if (problem instanceof ProblemError) return archiveProblem(problem);
    throw error;
  }
}

/** An archive's own words for what is wrong with it name no file, and say more than those for a receipt. */
function archiveProblem({ code, options }: ProblemError): ProblemError {
  const { cause } = options;
  return new ProblemError(code === 'image-damaged' ? 'archive-damaged' : code, {
    ...(cause instanceof Error && { detail: cause.message }),
    cause,
  });
}

function newBatch(tenant: TenantContext, sha256: string, idempotencyKey: string | null): ReceiptBatch {
  return Object.assign(new ReceiptBatch(), {
    tenantId: tenant.tenantId,
    id: uuidv7(),
    sha256,
    idempotencyKey,
    createdBy: tenant.actor.id,
    createdAt: new Date(),
  });
}
