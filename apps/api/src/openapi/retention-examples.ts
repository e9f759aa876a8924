import type { ErasureProofPage, LegalHoldRequest, LegalHoldView, RetentionPreview, RetentionRequest, RetentionView } from '@app/contracts';

const RECEIPT_ID = '019ab1c2-3d4e-7f50-8a6b-7c8d9e0f1a2b';
const by = { id: '019ab1c2-0000-7000-8000-000000000001', name: 'compliance' };

const view: RetentionView = {
  version: 3,
  days: { verdict: null, original: 3_650, detail: 180, personal: 365, rejected: 30, draft: 30, delivery: 90 },
  setBy: by,
  setAt: '2026-07-13T01:02:03.456Z',
};
const request: RetentionRequest = { basedOn: 2, days: { original: 3_650, personal: 365 } };
const preview: RetentionPreview = {
  version: 3,
  due: { verdict: 0, original: 12, detail: 40, personal: 12, rejected: 1, draft: 0, delivery: 230 },
};
const erasures: ErasureProofPage = {
  items: [
    {
      id: '019ab1c2-7a8b-7c9d-8e0f-1a2b3c4d5e6f',
      class: 'original',
      recordType: 'receipt',
      recordId: RECEIPT_ID,
      rule: 'retention/3',
      sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
      objectCount: 2,
      erasedAt: '2036-07-11T18:00:12.345Z',
    },
  ],
  next: null,
};
const holdRequest: LegalHoldRequest = { targetType: 'receipt', targetId: RECEIPT_ID, reason: '诉讼 (2026) 1234' };
const hold: LegalHoldView = {
  id: '019ab1c2-8b9c-7dae-8f10-2b3c4d5e6f70',
  ...holdRequest,
  placedBy: by,
  placedAt: '2026-07-13T01:02:03.456Z',
  released: null,
};

/** Examples of retention and legal holds. */
export const RETENTION_EXAMPLES = { view, request, preview, erasures, holdRequest, hold, holds: { items: [hold], next: null } };
