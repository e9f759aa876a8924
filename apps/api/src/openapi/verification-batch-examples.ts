import type {
  BatchErrorPage,
  BatchFromReceiptsRequest,
  BatchStartRequest,
  VerificationBatchPage,
  VerificationBatchSummary,
  VerificationBatchView,
} from '@app/contracts';
import { BASIS_EXAMPLES } from './basis-examples';

const summary: VerificationBatchSummary = {
  id: '019ab1c2-7a8b-7c9d-8e0f-1a2b3c4d5e6f',
  source: 'table',
  fileName: '2026-07.xlsx',
  state: 'draft',
  pauseReason: null,
  provider: null,
  counts: { rows: 120, ok: 117, errors: 1, duplicates: 2, skipped: 0 },
  createdAt: '2026-07-13T01:02:03.456Z',
  startedAt: null,
  finishedAt: null,
};

const errors: BatchErrorPage = {
  items: [
    {
      row: 17,
      line: 18,
      column: 'billNumber',
      code: 'tooShort',
      message: {
        'zh-CN': '票据号码位数不足：Excel 可能删去了前导零，请将该列设为“文本”格式后重新填写',
        en: 'Bill number has too few digits: Excel may have removed leading zeros; format the column as text and enter it again',
      },
      receiptId: null,
    },
  ],
  next: null,
};

const states = { error: 1, duplicate: 2, skipped: 0, pending: 117, begun: 0, ended: 0, refused: 0, cancelled: 0 };
const verdicts = { valid: 0, reversed: 0, reversalNotProvided: 0, mismatch: 0, notFound: 0, unknown: 0, none: 0 };

const draft: VerificationBatchView = {
  ...summary,
  estimate: { cached: 5, underWay: 0, calls: 112, priceYuan: '0.50', costYuan: '56.00' },
  progress: { states, verdicts, charges: { charged: 0, notCharged: 0, unknown: 0 }, remainingSeconds: null },
  firstErrors: errors.items,
  bases: [BASIS_EXAMPLES.basisOf('verificationBatch', summary.id)],
  masked: true,
};

const running: VerificationBatchView = {
  ...draft,
  state: 'running',
  startedAt: '2026-07-13T01:05:00.000Z',
  progress: {
    states: { ...states, pending: 40, begun: 50, ended: 27 },
    verdicts: { ...verdicts, valid: 25, mismatch: 2 },
    charges: { charged: 22, notCharged: 5, unknown: 0 },
    remainingSeconds: 200,
  },
};

const page: VerificationBatchPage = { items: [summary], next: null };
const start: BatchStartRequest = { calls: 112 };
const fromReceipts: BatchFromReceiptsRequest = { receiptIds: ['019ab1c2-3d4e-7f50-8a6b-7c8d9e0f1a2b'] };

/** Examples of the batches' part of the OpenAPI document. */
export const BATCH_EXAMPLES = { draft, running, page, errors, start, fromReceipts };
