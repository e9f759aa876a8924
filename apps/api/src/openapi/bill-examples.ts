import type { BillDetailView, BillOriginRequest, BillPage, BillView, BookingRequest, BookingUndoRequest } from '@app/contracts';

const by = { id: '019ab1c2-1111-7222-8333-444455556666', name: 'counter 3' };
const SHA256 = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08';

const bill: BillView = {
  id: '019ab1c2-7a8b-7c9d-8e0f-1a2b3c4d5e6f',
  state: 'match',
  kind: 'medical-outpatient',
  title: '示例省医疗门诊收费票据（电子）',
  payee: '示例市第一医院',
  elements: { billCode: '99060126', billNumber: '0000012345', checkCode: '1e9030', issueDate: '2026-07-12', totalAmount: '486.20' },
  verdict: 'valid',
  outcome: 'MATCH',
  verificationId: '019ab1c2-5e6f-7a81-9b2c-3d4e5f607182',
  verifiedAt: '2026-07-13T01:02:10.900Z',
  reversed: false,
  accounted: null,
  printed: null,
  isContradicted: false,
  receiptCount: 2,
  booking: { voucher: '记-2026-07-0012', by, at: '2026-07-14T02:00:00.000Z' },
  originalKind: 'paper',
  archiveLocation: '档案室-3-12',
  firstSeenAt: '2026-07-13T01:02:05.123Z',
};

const page: BillPage = { items: [bill], next: bill.id };

const detail: BillDetailView = {
  ...bill,
  receipts: [
    {
      receiptId: '019ab1c2-3d4e-7f50-8a6b-7c8d9e0f1a2b',
      bill: 1,
      fileName: 'receipt.jpg',
      sha256: SHA256,
      isSameFile: true,
      uploadedBy: by,
      uploadedAt: '2026-07-13T01:02:03.456Z',
    },
    {
      receiptId: '019ab1c2-9d4e-7f50-8a6b-7c8d9e0f1a2b',
      bill: 1,
      fileName: 'again.jpg',
      sha256: SHA256,
      isSameFile: true,
      uploadedBy: { id: '019ab1c2-1111-7222-8333-444455557777', name: 'counter 5' },
      uploadedAt: '2026-07-13T08:00:00.000Z',
    },
  ],
  bookings: [
    { act: 'book', voucher: '记-2026-07-0012', reason: null, isOverride: false, state: 'match', by, at: '2026-07-14T02:00:00.000Z' },
  ],
};

const booking: BookingRequest = { voucher: '记-2026-07-0012', override: false };
const ofPayer = { payer: '张示例', limit: 50 };
const search = { q: '第一医院', issuedFrom: '2026-07-01', state: ['match', 'mismatch'], sort: 'issueDate', limit: 50 };
const exported = { format: 'xlsx', language: 'zh-CN', issuedFrom: '2026-07-01', issuedTo: '2026-07-31' };
const origin: BillOriginRequest = { originalKind: 'paper', archiveLocation: '档案室-3-12' };
const undo: BookingUndoRequest = { reason: '凭证号录入有误' };

/** Examples of the ledger's operations. All bills are made up: no region has the number 99. */
export const BILL_EXAMPLES = { page, detail, booking, undo, ofPayer, search, exported, origin };
