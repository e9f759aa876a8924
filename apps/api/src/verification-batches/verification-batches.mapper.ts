import type { BatchErrorPage, BatchEstimate, VerificationBatchPage, VerificationBatchSummary, VerificationBatchView } from '@app/contracts';
import { type BatchDetail, type RowProblem, type VerificationBatch, formatYuan } from '@app/verification';
import { toBasisViews } from '../http/bases.mapper';

/** A batch as the API shows it. */
export function toVerificationBatchView(
  { batch, estimate, progress, firstErrors, bases }: BatchDetail,
  { masked }: { masked: boolean },
): VerificationBatchView {
  const shown = { bases: toBasisViews(bases, { masked }), masked };
  return { ...toSummary(batch), estimate: toEstimate(batch, estimate), progress, firstErrors, ...shown };
}

/** A page of batches as the API shows it. */
export function toVerificationBatchPage({
  items,
  next,
}: {
  items: readonly VerificationBatch[];
  next: string | null;
}): VerificationBatchPage {
  return { items: items.map(toSummary), next };
}

/** A page of errors as the API shows it. */
export function toBatchErrorPage({ items, next }: { items: RowProblem[]; next: number | null }): BatchErrorPage {
  return { items, next };
}

function toEstimate({ priceHao }: VerificationBatch, { cached, underWay, calls }: BatchDetail['estimate']): BatchEstimate {
  return { cached, underWay, calls, priceYuan: formatYuan(priceHao), costYuan: formatYuan(BigInt(calls) * priceHao) };
}

function toSummary(batch: VerificationBatch): VerificationBatchSummary {
  const { id, source, fileName, state, pauseReason, provider, rowCount, okCount, errorCount, duplicateCount, skippedCount } = batch;
  return {
    ...{ id, source, fileName, state, pauseReason, provider },
    counts: { rows: rowCount, ok: okCount, errors: errorCount, duplicates: duplicateCount, skipped: skippedCount },
    createdAt: batch.createdAt.toISOString(),
    startedAt: batch.startedAt?.toISOString() ?? null,
    finishedAt: batch.finishedAt?.toISOString() ?? null,
  };
}
