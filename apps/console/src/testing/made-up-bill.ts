import type { BillReading, FieldReading } from '@app/contracts';

/** A field read at a place on the first page. */
export function field(value: string, changes: Partial<FieldReading> = {}): FieldReading {
  return {
    value,
    raw: value,
    confidence: 0.99,
    source: 'ocr',
    page: 1,
    quad: [
      [100, 40],
      [300, 40],
      [300, 70],
      [100, 70],
    ],
    confirmedBy: [],
    contradictedBy: [],
    alternatives: [],
    doubts: [],
    ...changes,
  };
}

/** A made-up outpatient bill, every element certain. */
export function bill(changes: Partial<BillReading> = {}): BillReading {
  return {
    page: 1,
    outline: [
      [0, 0],
      [1, 0],
      [1, 1],
      [0, 1],
    ],
    kind: 'medical-outpatient',
    decision: 'auto',
    reasons: [],
    elements: {
      billCode: '32060126',
      billNumber: '0019304458',
      checkCode: '5d07ea',
      issueDate: '2026-04-09',
      totalAmount: '486.20',
    },
    fields: { checkCode: field('5d07ea'), payer: field('张三') },
    items: [],
    otherInfo: [],
    seals: [],
    codes: [],
    signatures: [],
    ...changes,
  };
}
