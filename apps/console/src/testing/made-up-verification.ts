import type { ProviderFace, VerificationView } from '@app/contracts';

/** A face on which the provider gives nothing but `changes`. */
export function face(changes: Partial<ProviderFace> = {}): ProviderFace {
  return {
    billCode: null,
    billNumber: null,
    checkCode: null,
    issueDate: null,
    totalAmount: null,
    totalAmountInWords: null,
    title: null,
    invoiceTypeText: null,
    regionName: null,
    payer: null,
    payerCreditCode: null,
    payee: null,
    payeeCode: null,
    reviewer: null,
    cashier: null,
    remark: null,
    reversed: null,
    reversedDate: null,
    reversedTime: null,
    reversedReason: null,
    accounted: null,
    printed: null,
    verificationCount: null,
    financeSealName: null,
    financeSealNumber: null,
    items: [],
    itemDetails: [],
    otherInfo: [],
    ...changes,
  };
}

/** A match that is not reversed. */
export function verification(changes: Partial<VerificationView> = {}): VerificationView {
  return {
    id: '0199a6b0-0000-7000-8000-000000000001',
    receiptId: null,
    bill: null,
    state: 'answered',
    verdict: 'valid',
    outcome: 'MATCH',
    origin: 'upstream',
    provider: 'netocr',
    charge: 'charged',
    elements: {
      billCode: '32060126',
      billNumber: '0019304458',
      checkCode: '5d07ea',
      issueDate: '2026-04-09',
      totalAmount: '486.20',
    },
    message: { 'zh-CN': '查验一致', en: 'Match' },
    refusal: null,
    hold: null,
    triesLeft: null,
    policyVersion: 1,
    warnings: [],
    face: face({ reversed: false }),
    evidence: [],
    masked: false,
    erased: [],
    reviewNeeded: false,
    attempts: [],
    createdAt: '2026-11-22T08:00:00.000Z',
    finishedAt: '2026-11-22T08:00:01.000Z',
    nextAttemptAt: null,
    ...changes,
  };
}
