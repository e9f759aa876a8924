import type { BillView } from '@app/contracts';

/** A made-up bill of the ledger, verified as a match. */
export function ledgerBill(changes: Partial<BillView> = {}): BillView {
  return {
    id: '0199a6b0-0000-7000-8000-000000000001',
    state: 'match',
    kind: 'medical-outpatient',
    title: '江苏省医疗门诊收费票据（电子）',
    payee: '南通市第一人民医院',
    elements: {
      billCode: '32060126',
      billNumber: '0019304458',
      checkCode: '5d07ea',
      issueDate: '2026-04-09',
      totalAmount: '486.20',
    },
    verdict: 'valid',
    outcome: 'MATCH',
    verificationId: '0199a6b0-0000-7000-8000-000000000002',
    verifiedAt: '2026-11-22T08:00:01.000Z',
    reversed: false,
    accounted: null,
    printed: null,
    isContradicted: false,
    receiptCount: 1,
    originalKind: null,
    archiveLocation: null,
    booking: null,
    firstSeenAt: '2026-11-22T08:00:00.000Z',
    ...changes,
  };
}
