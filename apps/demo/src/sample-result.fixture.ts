import type { BillDecision, BillReading, Elements, ElementsRead, FieldReading, ReceiptView, VerificationView } from '@app/contracts';
import type { SampleResult } from './run-samples';
import type { Expectation } from './samples/demo-samples';

const ELEMENTS: Elements = {
  billCode: '32060126',
  billNumber: '0012345678',
  checkCode: 'a1b2c3',
  issueDate: '2026-04-09',
  totalAmount: '486.20',
};

/** How a result differs from a bill that was read, sent and matched. */
interface Difference {
  expected?: Partial<Expectation>;
  decision?: BillDecision;
  elements?: Partial<ElementsRead>;
  end?: SampleResult['end'];
}

/** The result of a made-up sample, for specs. */
export function sampleResult({ expected, decision = 'auto', elements, end }: Difference = {}): SampleResult {
  return {
    sample: {
      file: '1-match.png',
      provider: 'netocr',
      known: null,
      expected: { decision: 'auto', elements: ELEMENTS, end: { outcome: 'MATCH', verdict: 'valid' }, ...expected },
      write: () => Promise.reject(new Error('not written in specs')),
    },
    receipt: receipt(decision, { ...ELEMENTS, ...elements }),
    end: end ?? { verification },
    readMs: 412.4,
    totalMs: 688.6,
  };
}

const WHOLE_PAGE = [
  [0, 0],
  [1, 0],
  [1, 1],
  [0, 1],
];

const field: FieldReading = {
  value: 'a1b2c3',
  raw: 'a1b2c3',
  confidence: 0.99,
  source: 'qr',
  page: 1,
  quad: null,
  confirmedBy: ['ocr', 'codeYear'],
  contradictedBy: [],
  alternatives: [],
  doubts: [],
};

function receipt(decision: BillDecision, elements: ElementsRead): ReceiptView {
  const bill: BillReading = {
    page: 1,
    outline: WHOLE_PAGE,
    kind: 'medical-outpatient',
    decision,
    reasons: [],
    elements,
    fields: { checkCode: field },
    items: [],
    otherInfo: [],
    seals: [],
    codes: [],
    signatures: [],
  };
  return {
    id: '0193a000-0000-7000-8000-000000000001',
    fileName: '1-match.png',
    mediaType: 'image/png',
    byteSize: 1,
    sha256: '',
    state: 'read',
    failure: null,
    originalFault: null,
    pageImages: [],
    corrections: [],
    masked: true,
    erased: [],
    createdAt: '2026-11-22T00:00:00Z',
    readAt: '2026-11-22T00:00:01Z',
    reading: {
      decision,
      refusal: null,
      pages: [],
      bills: [bill],
      timings: {},
    },
  };
}

const verification: VerificationView = {
  id: '0193a000-0000-7000-8000-000000000002',
  receiptId: null,
  bill: null,
  state: 'answered',
  verdict: 'valid',
  outcome: 'MATCH',
  origin: 'upstream',
  provider: 'netocr',
  charge: 'charged',
  elements: ELEMENTS,
  message: { 'zh-CN': '一致', en: 'match' },
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
  attempts: [],
  createdAt: '2026-11-22T00:00:00Z',
  finishedAt: '2026-11-22T00:00:01Z',
  nextAttemptAt: null,
};
