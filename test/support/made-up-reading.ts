import type { BillReading, Decision, ElementsRead, FieldName, FieldReading, Reading } from '@app/contracts';

/** A reading of one made-up bill, for tests that need no engine. */
export function madeUpReading(
  elements: ElementsRead,
  changes: { decision?: Decision; bills?: number; fields?: Partial<Record<FieldName, string>> } = {},
): Reading {
  const decision = changes.decision ?? 'auto';
  const bill: BillReading = {
    page: 1,
    outline: [
      [0, 0],
      [1, 0],
      [1, 1],
      [0, 1],
    ],
    kind: 'medical-outpatient',
    decision: decision === 'auto' ? 'auto' : 'review',
    reasons: [],
    elements,
    fields: Object.fromEntries(Object.entries(changes.fields ?? {}).map(([name, value]) => [name, madeUpField(value)])),
    items: [],
    otherInfo: [],
    seals: [],
    codes: [],
    signatures: [],
  };
  return {
    decision,
    refusal: decision === 'refuse' ? { code: 'tax-invoice', message: { 'zh-CN': '这是发票', en: 'This is a tax invoice' } } : null,
    pages: [{ width: 40, height: 30, turned: 0 }],
    bills: decision === 'refuse' ? [] : Array.from({ length: changes.bills ?? 1 }, () => bill),
    timings: { totalMs: 1 },
  };
}

function madeUpField(value: string): FieldReading {
  const certain = { confidence: 0.99, source: 'ocr' as const, page: 1, quad: null };
  return { value, raw: value, ...certain, confirmedBy: [], contradictedBy: [], alternatives: [], doubts: [] };
}
