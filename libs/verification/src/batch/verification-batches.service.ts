import { AuditLog } from '@app/audit';
import { WebhookOutbox } from '@app/webhooks';
import { batchNews } from './batch-news';
import { ProblemError, type ProcessingBasis, type ProviderId, shanghaiDay } from '@app/contracts';
import { type TenantContext, type Tx, UnitOfWork } from '@app/database';
import { JobQueue } from '@app/queue';
import { ProcessingBases, ReceiptReadings } from '@app/receipts';
import { readTable, type Table, TableError } from '@app/tabular';
import { v7 as uuidv7 } from 'uuid';
import { CallPrices } from '../charges/call-prices.store';
import type { ElementsHasher } from '../elements-hasher';
import { PolicyStore } from '../policy/policy.store';
import { AnsweredElements } from './answered-elements.store';
import { BatchRow } from './batch-row.entity';
import { BatchRowStore } from './batch-row.store';
import { receiptRows } from './receipt-rows';
import { tableProblem } from './table-problem';
import { checkedRows, type DraftRow, Duplicates } from './table-rows';
import { VerificationBatch } from './verification-batch.entity';
import { VerificationBatchStore } from './verification-batch.store';

/** What batches cost and may have. */
export interface BatchSettings {
  maxRows: number;
  /** By whose price an estimate counts when neither a batch nor its tenant's policy names a provider. */
  defaultProvider: ProviderId;
}

/** A file of rows, and how it is to be verified. */
export interface TableUpload {
  fileName: string;
  bytes: Buffer;
  provider?: ProviderId | undefined;
  /** By what right and what for its bills are verified. */
  basis?: ProcessingBasis | undefined;
}

/** Receipts whose bills shall be rows: those of an uploaded archive, or those named. */
export interface ReceiptChoice {
  receiptBatchId?: string | undefined;
  receiptIds?: readonly string[] | undefined;
  provider?: ProviderId | undefined;
  /** By what right and what for its bills are verified. */
  basis?: ProcessingBasis | undefined;
}

/** What the service works with. */
export interface BatchParts {
  unitOfWork: UnitOfWork;
  batches: VerificationBatchStore;
  rows: BatchRowStore;
  answered: AnsweredElements;
  receipts: ReceiptReadings;
  prices: CallPrices;
  policies: PolicyStore;
  jobs: JobQueue;
  audit: AuditLog;
  outbox: WebhookOutbox;
  bases: ProcessingBases;
  hasher: ElementsHasher;
  settings: BatchSettings;
}

/** Takes batches in, and lets people start, pause, resume and cancel them. Nothing is asked before a batch is started. */
export class VerificationBatches {
  constructor(private readonly parts: BatchParts) {}

  /**
   * Checks every row of a file and keeps them as a draft. The same idempotency key with the same file gives the same batch again.
   * @throws ProblemError for a file that cannot be read as a table of bills
   */
  async createFromTable(tenant: TenantContext, upload: TableUpload, idempotencyKey?: string): Promise<VerificationBatch> {
    const { hasher, settings } = this.parts;
    const table = await tableOf(upload.bytes, settings.maxRows);
    const rows = await checkedRows(table, shanghaiDay(new Date()), hasher);
    if (rows.length === 0) throw new ProblemError('batch-empty');
    const requestHash = hasher.ofRequest('table', `${upload.provider ?? ''}/${upload.bytes.toString('base64')}`);
    return this.parts.unitOfWork.run(tenant, (tx) =>
      this.create(
        tx,
        { source: 'table', fileName: upload.fileName, provider: upload.provider, basis: upload.basis, requestHash, idempotencyKey },
        () => rows,
      ),
    );
  }

  /**
   * Makes a draft of the bills of receipts; those that may not be verified yet stand in it with the reason.
   * @throws ProblemError `not-found` when no receipt is
   */
  async createFromReceipts(tenant: TenantContext, choice: ReceiptChoice, idempotencyKey?: string): Promise<VerificationBatch> {
    const { receiptBatchId, receiptIds, provider } = choice;
    const asked = JSON.stringify([receiptBatchId ?? null, receiptIds ?? null, provider ?? null]);
    const requestHash = this.parts.hasher.ofRequest('receipts', asked);
    return this.parts.unitOfWork.run(tenant, (tx) =>
      this.create(tx, { source: 'receipts', fileName: null, provider, basis: choice.basis, requestHash, idempotencyKey }, () =>
        this.rowsOfReceipts(tx, choice),
      ),
    );
  }

  /** @throws ProblemError `batch-estimate-changed` when asking takes another number of calls than was confirmed */
  async start(tenant: TenantContext, id: string, confirmed: { calls: number }): Promise<void> {
    await this.command(tenant, id, async (tx, batch) => {
      const found = await this.parts.answered.count(tx, await this.parts.rows.pendingHashes(tx, id));
      batch.start(tenant.actor, found);
      if (found.calls !== confirmed.calls) {
        throw new ProblemError('batch-estimate-changed', { detail: `It takes ${found.calls} calls now` });
      }
      if (batch.okCount === 0) throw new ProblemError('batch-empty');
      await this.record(tx, 'batch.start', id, { ...found });
      await this.feed(tx, batch);
    });
  }

  async pause(tenant: TenantContext, id: string): Promise<void> {
    await this.command(tenant, id, async (tx, batch) => {
      batch.pause(null);
      await this.record(tx, 'batch.pause', id, { reason: null });
    });
  }

  async resume(tenant: TenantContext, id: string): Promise<void> {
    await this.command(tenant, id, async (tx, batch) => {
      batch.resume();
      await this.record(tx, 'batch.resume', id, {});
      await this.feed(tx, batch);
    });
  }

  /** What was asked ends as it will; what was not is never asked. */
  async cancel(tenant: TenantContext, id: string): Promise<void> {
    await this.command(tenant, id, async (tx, batch) => {
      const underWay = (await this.parts.rows.counts(tx, id)).begun ?? 0;
      batch.cancel(underWay > 0);
      const rows = await this.parts.rows.cancelPending(tx, id);
      await this.record(tx, 'batch.cancel', id, { rows, underWay });
      if (underWay > 0) await this.feed(tx, batch);
      else await this.parts.outbox.emit(tx, batchNews(batch));
    });
  }

  private async command(tenant: TenantContext, id: string, work: (tx: Tx, batch: VerificationBatch) => Promise<void>): Promise<void> {
    const { unitOfWork, batches } = this.parts;
    await unitOfWork.run(tenant, async (tx) => {
      const batch = await batches.lock(tx, id);
      if (batch === null) throw new ProblemError('not-found');
      await work(tx, batch);
      await batches.saveCommand(tx, batch);
    });
  }

  private async create(tx: Tx, made: NewBatch, rowsOf: () => Promise<DraftRow[]> | DraftRow[]): Promise<VerificationBatch> {
    const { batches, settings } = this.parts;
    const earlier = await this.repeated(tx, made);
    if (earlier !== null) return earlier;
    const rows = await rowsOf();
    if (rows.length > settings.maxRows) {
      throw new ProblemError('table-too-many-rows', { detail: `A batch has at most ${settings.maxRows} rows` });
    }
    const batch = newBatch(tx.tenant, made, rows, await this.priceHao(tx, made.provider));
    await batches.insert(tx, batch);
    await this.parts.rows.insertAll(
      tx,
      rows.map((row, at) => batchRow(batch, at + 1, row)),
    );
    await this.parts.bases.keep(tx, 'verificationBatch', batch.id, made.basis);
    const { source, rowCount, okCount, errorCount, duplicateCount, skippedCount } = batch;
    await this.record(tx, 'batch.create', batch.id, { source, rowCount, okCount, errorCount, duplicateCount, skippedCount });
    return batch;
  }

  private async priceHao(tx: Tx, provider: ProviderId | undefined): Promise<bigint> {
    const { prices, policies, settings } = this.parts;
    const asked = provider ?? (await policies.current(tx)).provider ?? settings.defaultProvider;
    return (await prices.on(tx, asked, shanghaiDay(new Date()))).hao;
  }

  private async repeated(tx: Tx, { idempotencyKey, requestHash }: NewBatch): Promise<VerificationBatch | null> {
    if (idempotencyKey === undefined) return null;
    await this.parts.batches.serialize(tx, idempotencyKey);
    const earlier = await this.parts.batches.findByIdempotencyKey(tx, idempotencyKey);
    if (earlier !== null && earlier.requestHash !== requestHash) throw new ProblemError('idempotency-key-reused');
    return earlier;
  }

  private async rowsOfReceipts(tx: Tx, { receiptBatchId, receiptIds }: ReceiptChoice): Promise<DraftRow[]> {
    const { receipts, hasher } = this.parts;
    const ids = receiptBatchId === undefined ? [...new Set(receiptIds ?? [])] : await receipts.idsOfBatch(tx, receiptBatchId);
    const seen = new Duplicates();
    const rows: DraftRow[] = [];
    for (const id of ids) {
      const reading = await receipts.forVerification(tx, id);
      if (reading === null) throw new ProblemError('not-found');
      for (const row of receiptRows(id, reading, hasher)) rows.push(seen.marked(row, rows.length + 1));
    }
    if (rows.length === 0) throw new ProblemError('not-found');
    return rows;
  }

  private async feed(tx: Tx, { tenantId, id, feedStep }: VerificationBatch): Promise<void> {
    await this.parts.jobs.enqueue(tx, 'batch.feed', { tenantId, batchId: id, step: feedStep });
  }

  private async record(tx: Tx, action: BatchAction, targetId: string, detail: Record<string, string | number | null>): Promise<void> {
    await this.parts.audit.append(tx, { action, targetType: 'verificationBatch', targetId, detail });
  }
}

type BatchAction = 'batch.create' | 'batch.start' | 'batch.pause' | 'batch.resume' | 'batch.cancel';

interface NewBatch {
  source: VerificationBatch['source'];
  fileName: string | null;
  provider: ProviderId | undefined;
  basis: ProcessingBasis | undefined;
  requestHash: string;
  idempotencyKey: string | undefined;
}

async function tableOf(bytes: Buffer, maxRows: number): Promise<Table> {
  try {
    return await readTable(bytes, { maxRows });
  } catch (error) {
    throw error instanceof TableError ? tableProblem(error) : error;
  }
}

function newBatch(tenant: TenantContext, made: NewBatch, rows: readonly DraftRow[], priceHao: bigint): VerificationBatch {
  const inState = (state: DraftRow['state']): number => rows.filter((row) => row.state === state).length;
  return Object.assign(new VerificationBatch(), {
    tenantId: tenant.tenantId,
    id: uuidv7(),
    source: made.source,
    fileName: made.fileName,
    requestHash: made.requestHash,
    idempotencyKey: made.idempotencyKey ?? null,
    provider: made.provider ?? null,
    state: 'draft' as const,
    pauseReason: null,
    rowCount: rows.length,
    okCount: inState('pending'),
    errorCount: inState('error'),
    duplicateCount: inState('duplicate'),
    skippedCount: inState('skipped'),
    confirmedCalls: null,
    confirmedCached: null,
    confirmedUnderWay: null,
    priceHao,
    feedStep: 0,
    createdBy: tenant.actor.id,
    createdByName: tenant.actor.name,
    createdAt: new Date(),
    startedBy: null,
    startedByName: null,
    startedAt: null,
    finishedAt: null,
  });
}

function batchRow({ tenantId, id }: VerificationBatch, number: number, row: DraftRow): BatchRow {
  return Object.assign(new BatchRow(), { tenantId, batchId: id, number, verificationId: null, verdict: null, endedAt: null }, row);
}
