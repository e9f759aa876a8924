import { AuditLog } from '@app/audit';
import { type BatchProgress, ProblemError } from '@app/contracts';
import { type TenantContext, type Tx, UnitOfWork } from '@app/database';
import { type KeptBasis, ProcessingBases } from '@app/receipts';
import { Injectable } from '@nestjs/common';
import { AnsweredElements, type CallCount } from './answered-elements.store';
import type { BatchRow } from './batch-row.entity';
import { BatchRowStore } from './batch-row.store';
import { BegunRows } from './begun-rows.store';
import type { BatchResult, ResultRow } from './files/result-rows';
import { problemsOf, type RowProblem } from './row-problems';
import type { VerificationBatch } from './verification-batch.entity';
import { VerificationBatchStore } from './verification-batch.store';

/** A batch with what asking would cost, or what was confirmed, and how far it is. */
export interface BatchDetail {
  batch: VerificationBatch;
  estimate: CallCount;
  progress: BatchProgress;
  firstErrors: RowProblem[];
  /** By what right and what for its bills are verified. */
  bases: KeptBasis[];
}

const FIRST_ERRORS = 20;
const ROWS_PER_QUERY = 1_000;
const PACE_MS = 60_000;

/** A tenant's batches, to look at. */
@Injectable()
export class BatchViews {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly batches: VerificationBatchStore,
    private readonly rows: BatchRowStore,
    private readonly begun: BegunRows,
    private readonly answered: AnsweredElements,
    private readonly audit: AuditLog,
    private readonly bases: ProcessingBases,
  ) {}

  /**
   * With a purpose, that its basis was seen is committed to the audit first: no record, no value.
   * @throws ProblemError `not-found`, for a foreign batch as for a missing one
   */
  async get(tenant: TenantContext, id: string, purpose: string | null = null): Promise<BatchDetail> {
    return this.unitOfWork.run(tenant, async (tx) => {
      const batch = await this.find(tx, id);
      if (purpose !== null) {
        await this.audit.append(tx, { action: 'personal.unmask', targetType: 'verificationBatch', targetId: id, detail: { purpose } });
      }
      return {
        batch,
        estimate: await this.estimate(tx, batch),
        progress: await this.progress(tx, batch),
        firstErrors: (await this.problems(tx, id, { limit: FIRST_ERRORS, after: 0 })).slice(0, FIRST_ERRORS),
        bases: await this.bases.of(tx, { verificationBatches: [id] }),
      };
    });
  }

  /** At most `limit` batches, newest first, and the `before` of the following page. */
  async page(
    tenant: TenantContext,
    page: { limit: number; before?: string | undefined },
  ): Promise<{ items: VerificationBatch[]; next: string | null }> {
    const rows = await this.unitOfWork.run(tenant, (tx) => this.batches.page(tx, { ...page, limit: page.limit + 1 }));
    const items = rows.slice(0, page.limit);
    return { items, next: rows.length > page.limit ? (items.at(-1)?.id ?? null) : null };
  }

  /** The errors of at most `limit` rows behind the row `after`, and the `after` of the following page. */
  async errors(
    tenant: TenantContext,
    id: string,
    page: { limit: number; after: number },
  ): Promise<{ items: RowProblem[]; next: number | null }> {
    return this.unitOfWork.run(tenant, async (tx) => {
      await this.find(tx, id);
      const rows = await this.faulty(tx, id, { ...page, limit: page.limit + 1 });
      const shown = rows.slice(0, page.limit);
      return { items: shown.flatMap(problemsOf), next: rows.length > page.limit ? (shown.at(-1)?.number ?? null) : null };
    });
  }

  /** Every row with what became of it, to be written to a file; that it was is on record. */
  async result(tenant: TenantContext, id: string, file: { format: string; kind: 'result' | 'errors' }): Promise<BatchResult> {
    return this.unitOfWork.run(tenant, async (tx) => {
      const batch = await this.find(tx, id);
      const rows = await this.resultRows(tx, id);
      await this.audit.append(tx, { action: 'batch.export', targetType: 'verificationBatch', targetId: id, detail: { ...file } });
      return { batch, rows };
    });
  }

  private async resultRows(tx: Tx, id: string): Promise<ResultRow[]> {
    const all: ResultRow[] = [];
    for (let after = 0; ;) {
      const rows = await this.rows.page(tx, id, { limit: ROWS_PER_QUERY, after });
      const verifications = await this.begun.verificationsOf(tx, rows);
      for (const row of rows) all.push({ row, verification: verifications.get(row.verificationId ?? '') ?? null });
      if (rows.length < ROWS_PER_QUERY) return all;
      after = rows.at(-1)?.number ?? after;
    }
  }

  private async find(tx: Tx, id: string): Promise<VerificationBatch> {
    const batch = await this.batches.find(tx, id);
    if (batch === null) throw new ProblemError('not-found');
    return batch;
  }

  private async estimate(tx: Tx, batch: VerificationBatch): Promise<CallCount> {
    const { confirmedCalls, confirmedCached, confirmedUnderWay } = batch;
    if (confirmedCalls !== null) return { calls: confirmedCalls, cached: confirmedCached ?? 0, underWay: confirmedUnderWay ?? 0 };
    return this.answered.count(tx, await this.rows.pendingHashes(tx, batch.id));
  }

  private async progress(tx: Tx, { id, state }: VerificationBatch): Promise<BatchProgress> {
    const states = await this.rows.counts(tx, id);
    const charges = await this.rows.charges(tx, id);
    const left = (states.begun ?? 0) + (state === 'running' ? (states.pending ?? 0) : 0);
    const endedLately = left === 0 ? 0 : await this.rows.endedSince(tx, id, new Date(Date.now() - PACE_MS));
    return {
      states: { ...NO_STATES, ...states },
      verdicts: { ...NO_VERDICTS, ...(await this.rows.verdicts(tx, id)) },
      charges: { charged: charges.charged ?? 0, notCharged: charges.notCharged ?? 0, unknown: charges.unknown ?? 0 },
      remainingSeconds: endedLately === 0 ? null : Math.ceil((left * PACE_MS) / endedLately / 1_000),
    };
  }

  private async problems(tx: Tx, id: string, page: { limit: number; after: number }): Promise<RowProblem[]> {
    return (await this.faulty(tx, id, page)).flatMap(problemsOf);
  }

  private faulty(tx: Tx, id: string, page: { limit: number; after: number }): Promise<BatchRow[]> {
    return this.rows.page(tx, id, { ...page, states: ['error', 'skipped', 'refused'] });
  }
}

const NO_STATES: BatchProgress['states'] = {
  error: 0,
  duplicate: 0,
  skipped: 0,
  pending: 0,
  begun: 0,
  ended: 0,
  refused: 0,
  cancelled: 0,
};

const NO_VERDICTS: BatchProgress['verdicts'] = {
  valid: 0,
  reversed: 0,
  reversalNotProvided: 0,
  mismatch: 0,
  notFound: 0,
  unknown: 0,
  none: 0,
};
