import { AuditLog } from '@app/audit';
import { type JobPayloads, ProblemError } from '@app/contracts';
import { type TenantContext, type Tx, UnitOfWork } from '@app/database';
import { JobQueue, PermanentJobError } from '@app/queue';
import { WebhookOutbox } from '@app/webhooks';
import { VerificationRequests } from '../request/verification-requests.service';
import { verdictOf } from '../verdict';
import type { Verification } from '../verification.entity';
import { batchNews } from './batch-news';
import type { BatchRow } from './batch-row.entity';
import { BatchRowStore } from './batch-row.store';
import { BegunRows } from './begun-rows.store';
import type { VerificationBatch } from './verification-batch.entity';
import { VerificationBatchStore } from './verification-batch.store';

/** How a batch is fed. */
export interface FeedSettings {
  /** Verifications of one batch that may be under way at once. */
  window: number;
}

/** What the service works with. */
export interface FeedParts {
  unitOfWork: UnitOfWork;
  batches: VerificationBatchStore;
  rows: BatchRowStore;
  begun: BegunRows;
  requests: VerificationRequests;
  jobs: JobQueue;
  audit: AuditLog;
  outbox: WebhookOutbox;
  settings: FeedSettings;
}

/**
 * A request holds its bill, and its tenant's allowance, until its transaction ends. Were several rows asked in one, a single request for a
 * later one's bill and the batch could wait for each other.
 */
const ROWS_PER_TRANSACTION = 1;

/** One job feeds no longer, so that it ends well within its lease and a stop waits for little. */
const LONGEST_FEEDING_MS = 60_000;

/** Until the next look where verifications ended since the last, and where none did: providers are down, or slow. */
const NEXT_LOOK_SECONDS = { moving: 2, still: 10 } as const;

const TOO_MANY_REQUESTS = 429;

/** The tenant may ask no more today or this month: a refused row would have to be asked again by hand, so the batch waits instead. */
class BeyondAllowanceError extends Error {
  constructor(readonly code: string) {
    super(`beyond the tenant's allowance: ${code}`);
  }
}

/**
 * Asks for a batch's rows in their order, a window of them at a time. It may be run twice or killed anywhere: a row and its verification
 * are written in one transaction under the batch's lock, so that no row is asked twice; of two jobs for one step the later does nothing.
 */
export class BatchFeeding {
  constructor(private readonly parts: FeedParts) {}

  /** @throws PermanentJobError when there is no such batch; whatever else it throws is worth another try */
  async feed(payload: JobPayloads['batch.feed'], { signal }: { signal: AbortSignal }): Promise<void> {
    const tenant = await this.starter(payload);
    const until = Date.now() + LONGEST_FEEDING_MS;
    let isMore = true;
    while (isMore) {
      signal.throwIfAborted();
      isMore = await this.parts.unitOfWork.run(tenant, (tx) => this.step(tx, payload, { isLast: Date.now() > until }));
    }
  }

  /** On whose behalf the rows are asked: whoever started the batch. */
  private async starter({ tenantId, batchId }: JobPayloads['batch.feed']): Promise<TenantContext> {
    const worker: TenantContext = { tenantId, actor: { type: 'worker', id: batchId, name: 'batch.feed' } };
    const batch = await this.parts.unitOfWork.run(worker, (tx) => this.parts.batches.find(tx, batchId));
    if (batch === null) throw new PermanentJobError(`batch ${batchId} does not exist`);
    return {
      tenantId,
      actor: { type: 'worker', id: batch.startedBy ?? batch.createdBy, name: batch.startedByName ?? batch.createdByName },
    };
  }

  /** One transaction of feeding; true when the next one can follow at once. */
  private async step(tx: Tx, payload: JobPayloads['batch.feed'], { isLast }: { isLast: boolean }): Promise<boolean> {
    const { batches, settings } = this.parts;
    const batch = await batches.lock(tx, payload.batchId);
    if (batch === null || batch.feedStep !== payload.step) return false;
    const before = await this.parts.begun.open(tx, batch.id);
    const ended = await this.endThose(tx, before);
    const room = settings.window - (before.length - ended);
    const asked = await this.askNext(tx, batch, Math.min(room, ROWS_PER_TRANSACTION));
    if (asked === ROWS_PER_TRANSACTION && !isLast) return true;
    await this.goOnLater(tx, batch, { isMoving: ended > 0 || asked > 0 });
    return false;
  }

  /** Notes of the rows under way those that ended; answers how many. */
  private async endThose(tx: Tx, begun: readonly BatchRow[]): Promise<number> {
    const verifications = await this.parts.begun.verificationsOf(tx, begun);
    let ended = 0;
    for (const row of begun) {
      const verification = verifications.get(row.verificationId ?? '');
      if (verification === undefined || verification.isOpen) continue;
      await this.parts.rows.saveFed(tx, endedRow(row, verification));
      ended += 1;
    }
    return ended;
  }

  /** Asks for the next rows while the batch runs; answers how many were looked at. */
  private async askNext(tx: Tx, batch: VerificationBatch, limit: number): Promise<number> {
    if (batch.state !== 'running' || limit <= 0) return 0;
    const rows = await this.parts.rows.page(tx, batch.id, { limit, after: 0, states: ['pending'] });
    for (const [at, row] of rows.entries()) {
      const reason = await this.ask(tx, batch, row);
      if (reason === null) continue;
      await this.pause(tx, batch, reason);
      return at;
    }
    return rows.length;
  }

  /** Asks for one row; answers the code of the reason for which the whole batch has to wait. */
  private async ask(tx: Tx, batch: VerificationBatch, row: BatchRow): Promise<string | null> {
    try {
      const verification = await this.requested(tx, batch, row);
      const begun: BatchRow = Object.assign(row, { state: 'begun', verificationId: verification.id });
      await this.parts.rows.saveFed(tx, verification.isOpen ? begun : endedRow(begun, verification));
      return null;
    } catch (error) {
      if (error instanceof BeyondAllowanceError) return error.code;
      if (!(error instanceof ProblemError) || error.status >= 500) throw error;
      if (error.status === TOO_MANY_REQUESTS) return error.code;
      await this.parts.rows.saveFed(tx, Object.assign(row, { state: 'refused', problem: error.code }));
      return null;
    }
  }

  /** The one place where a batch's row becomes a verification. What a request wrote that came to nothing is taken back alone. */
  private requested(tx: Tx, batch: VerificationBatch, row: BatchRow): Promise<Verification> {
    const order = {
      elements: row.elements ?? undefined,
      receiptId: row.receiptId ?? undefined,
      bill: row.receiptBill ?? undefined,
      provider: batch.provider ?? undefined,
      isBackground: true,
    };
    return tx.manager.transaction(async (manager) => {
      const verification = await this.parts.requests.requestWithin({ ...tx, manager }, order);
      const { refusalCode } = verification;
      if (refusalCode === 'tenant-quota' || refusalCode === 'tenant-budget') throw new BeyondAllowanceError(refusalCode);
      return verification;
    });
  }

  private async pause(tx: Tx, batch: VerificationBatch, reason: string): Promise<void> {
    batch.pause(reason);
    await this.record(tx, 'batch.pause', batch, { reason });
  }

  /** Ends the feeding where nothing is under way and nothing left to ask; else leaves a job for the next look. */
  private async goOnLater(tx: Tx, batch: VerificationBatch, { isMoving }: { isMoving: boolean }): Promise<void> {
    const { pending = 0, begun = 0 } = await this.parts.rows.counts(tx, batch.id);
    batch.feedStep += 1;
    if (begun > 0 || (pending > 0 && batch.state === 'running')) {
      const next = { tenantId: batch.tenantId, batchId: batch.id, step: batch.feedStep };
      await this.parts.jobs.enqueue(tx, 'batch.feed', next, { startAfterSeconds: NEXT_LOOK_SECONDS[isMoving ? 'moving' : 'still'] });
    } else if (batch.state !== 'paused') {
      batch.finish();
      await this.record(tx, 'batch.finish', batch, { state: batch.state });
      await this.parts.outbox.emit(tx, batchNews(batch));
    }
    await this.parts.batches.saveFeeding(tx, batch);
  }

  private async record(tx: Tx, action: 'batch.pause' | 'batch.finish', { id }: VerificationBatch, detail: Record<string, string>) {
    await this.parts.audit.append(tx, { action, targetType: 'verificationBatch', targetId: id, detail });
  }
}

function endedRow(row: BatchRow, verification: Verification): BatchRow {
  return Object.assign(row, { state: 'ended', verdict: verdictOf(verification), endedAt: verification.finishedAt ?? new Date() });
}
