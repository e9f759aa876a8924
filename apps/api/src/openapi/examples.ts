import {
  type BatchView,
  type ChargePage,
  type ChargeSummary,
  type ChargeSums,
  type SettlementRequest,
  type SettlementView,
  type CorrectionRequest,
  type CorrectionView,
  type Elements,
  PROBLEMS,
  type ProviderList,
  type ReceiptPage,
  type ReceiptView,
  type VerificationPolicyChange,
  type VerificationPolicyView,
  type VerificationView,
} from '@app/contracts';
import { BASIS_EXAMPLES } from './basis-examples';

const RECEIPT_ID = '019ab1c2-3d4e-7f50-8a6b-7c8d9e0f1a2b';
const VERIFICATION_ID = '019ab1c2-5e6f-7a81-9b2c-3d4e5f607182';
const ATTEMPT_ID = '019ab1c2-5e70-7b92-8c3d-4e5f60718293';

const elements: Elements = {
  billCode: '99060126',
  billNumber: '0000012345',
  checkCode: '1e9030',
  issueDate: '2026-07-12',
  totalAmount: '486.20',
};

const receipt: ReceiptView = {
  id: RECEIPT_ID,
  fileName: 'receipt.jpg',
  mediaType: 'image/jpeg',
  byteSize: 412_345,
  sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  state: 'queued',
  failure: null,
  originalFault: null,
  pageImages: [],
  reading: null,
  corrections: [],
  masked: true,
  erased: [],
  createdAt: '2026-07-13T01:02:03.456Z',
  readAt: null,
};

const receipts: ReceiptPage = {
  items: [
    {
      id: RECEIPT_ID,
      fileName: 'receipt.jpg',
      mediaType: 'image/jpeg',
      byteSize: 412_345,
      sha256: receipt.sha256,
      state: 'read',
      failure: null,
      originalFault: null,
      createdAt: receipt.createdAt,
      readAt: '2026-07-13T01:02:05.123Z',
      decision: 'auto',
      bills: [{ kind: 'medical-outpatient', decision: 'auto', elements, isReviewed: false }],
    },
  ],
  next: null,
};

const batch: BatchView = {
  id: '019ab1c2-3d4e-7f50-8a6b-7c8d9e0f1a2a',
  items: [
    { name: '2026-07/receipt.jpg', receiptId: RECEIPT_ID, problem: null },
    {
      name: '2026-07/notes.txt',
      receiptId: null,
      problem: { code: 'upload-unsupported-type', message: PROBLEMS['upload-unsupported-type'].message },
    },
  ],
  problem: null,
};

const correctionRequest: CorrectionRequest = { basedOn: 0, fields: { checkCode: '1e9030', totalAmount: '486.20' } };

const correction: CorrectionView = {
  bill: 1,
  version: 1,
  fields: { checkCode: { from: '1e903o', to: '1e9030' }, totalAmount: { from: '486.20', to: '486.20' } },
  by: { id: '019ab1c2-1111-7222-8333-444455556666', name: 'counter 3' },
  at: '2026-07-13T01:03:00.000Z',
};

const verification: VerificationView = {
  id: VERIFICATION_ID,
  receiptId: RECEIPT_ID,
  bill: 1,
  state: 'answered',
  verdict: 'mismatch',
  outcome: 'MISMATCH',
  origin: 'upstream',
  provider: 'netocr',
  charge: 'charged',
  elements,
  message: {
    'zh-CN': '票据存在,但所填要素与票面不一致,请核对五要素',
    en: 'The bill exists but the elements disagree: compare all five with the image',
  },
  refusal: null,
  hold: null,
  triesLeft: null,
  policyVersion: 1,
  rulesVersion: 1,
  warnings: [],
  face: null,
  evidence: [],
  masked: true,
  erased: [],
  reviewNeeded: false,
  attempts: [
    {
      id: ATTEMPT_ID,
      number: 1,
      provider: 'netocr',
      state: 'answered',
      outcome: 'MISMATCH',
      providerCode: '-30001',
      providerMessage: null,
      charge: 'charged',
      createdAt: '2026-07-13T01:02:10.000Z',
      finishedAt: '2026-07-13T01:02:10.900Z',
    },
  ],
  createdAt: '2026-07-13T01:02:10.000Z',
  finishedAt: '2026-07-13T01:02:10.900Z',
  nextAttemptAt: null,
};

const charges: ChargePage = {
  items: [
    {
      attemptId: ATTEMPT_ID,
      verificationId: VERIFICATION_ID,
      provider: 'netocr',
      outcome: 'MISMATCH',
      charge: 'charged',
      priceYuan: '0.355',
      isPlaceholderPrice: false,
      createdAt: '2026-07-13T01:02:10.900Z',
      settledAt: null,
    },
  ],
  next: null,
};

const sums: ChargeSums = {
  calls: 3,
  charged: 1,
  free: 1,
  unknown: 1,
  settled: 1,
  cached: 2,
  joined: 0,
  amountYuan: '0.355',
  unknownYuan: '0.355',
  hasPlaceholderPrice: false,
};

const chargeSummary: ChargeSummary = {
  from: '2026-07-01',
  to: '2026-07-31',
  by: 'day',
  rows: [{ key: '2026-07-13', ...sums }],
  total: sums,
};

const settlementRequest: SettlementRequest = {
  attemptId: ATTEMPT_ID,
  charge: 'notCharged',
  reason: 'The provider confirmed by telephone that nothing arrived',
};

const settlement: SettlementView = {
  ...settlementRequest,
  verificationId: VERIFICATION_ID,
  source: 'operator',
  statement: null,
  providerCode: null,
  priceYuan: '0.00',
  settledBy: '019ab1c2-1111-7222-8333-444455556666',
  settledAt: '2026-08-03T02:00:00.000Z',
};

const policy: VerificationPolicyView = {
  version: 3,
  provider: 'netocr',
  failover: 'on',
  dailyQuota: 5_000,
  monthlyBudgetYuan: '20000.00',
  onImplausible: 'warn',
  settlementLimitYuan: '50.00',
};

const policyChange: VerificationPolicyChange = { version: 3, dailyQuota: 8_000, reason: '新增三个网点,日查验量上升' };

const providers: ProviderList = {
  items: [
    { provider: 'jumdata', state: 'paused', since: '2026-07-13T01:00:00.000Z', reason: '上游例行维护', reopensAt: null },
    { provider: 'netocr', state: 'closed', since: '2026-07-01T00:00:00.000Z', reason: null, reopensAt: null },
  ],
};

/** Examples of the OpenAPI document. All bills are made up: no region has the number 99. */
export const EXAMPLES = {
  shownReceipt: { ...receipt, bases: [BASIS_EXAMPLES.basisOf('receipt', RECEIPT_ID)] } satisfies ReceiptView,
  shownVerification: { ...verification, bases: [BASIS_EXAMPLES.basisOf('verification', VERIFICATION_ID)] } satisfies VerificationView,
  elements,
  receipt,
  receipts,
  batch,
  correctionRequest,
  correction,
  verification,
  charges,
  chargeSummary,
  settlementRequest,
  settlement,
  policy,
  policyChange,
  providers,
};
