import type { BatchRowError, VerificationBatchView } from '@app/contracts';

type Progress = VerificationBatchView['progress'];

const STATES: Progress['states'] = { error: 0, duplicate: 0, skipped: 0, pending: 0, begun: 0, ended: 0, refused: 0, cancelled: 0 };
const VERDICTS: Progress['verdicts'] = {
  valid: 0,
  reversed: 0,
  reversalNotProvided: 0,
  mismatch: 0,
  notFound: 0,
  unknown: 0,
  none: 0,
};

/** A draft of ten rows that can all be asked, with `states` of its rows instead of none. */
export function batch(changes: Partial<VerificationBatchView> = {}, states: Partial<Progress['states']> = {}): VerificationBatchView {
  return {
    id: '0199a6b0-0000-7000-8000-0000000000b1',
    source: 'table',
    fileName: 'july.xlsx',
    state: 'draft',
    pauseReason: null,
    provider: null,
    counts: { rows: 10, ok: 10, errors: 0, duplicates: 0, skipped: 0 },
    estimate: { cached: 0, underWay: 0, calls: 10, priceYuan: '0.50', costYuan: '5.00' },
    progress: {
      states: { ...STATES, ...states },
      verdicts: VERDICTS,
      charges: { charged: 0, notCharged: 0, unknown: 0 },
      remainingSeconds: null,
    },
    firstErrors: [],
    bases: [],
    masked: true,
    createdAt: '2026-11-22T08:00:00.000Z',
    startedAt: null,
    finishedAt: null,
    ...changes,
  };
}

/** An error of row `row`, told apart by `code`. */
export function rowError(row: number, code: string): BatchRowError {
  return { row, line: row + 1, column: 'billNumber', code, message: { 'zh-CN': '位数不足', en: 'Too short' }, receiptId: null };
}
