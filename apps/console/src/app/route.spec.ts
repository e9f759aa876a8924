import { hashOf, parseRoute, type Route } from './route';

const receiptId = '0199a6b0-0000-7000-8000-000000000001';
const verificationId = '0199a6b0-0000-7000-8000-000000000002';

describe('routes', () => {
  it.each<[string, Route]>([
    ['#/receipts', { page: 'receipts', receiptId: null, billNumber: 1, verificationId: null }],
    [`#/receipts/${receiptId}`, { page: 'receipts', receiptId, billNumber: 1, verificationId: null }],
    [`#/receipts/${receiptId}/verifications/${verificationId}`, { page: 'receipts', receiptId, billNumber: 1, verificationId }],
    [`#/receipts/${receiptId}/bills/2`, { page: 'receipts', receiptId, billNumber: 2, verificationId: null }],
    ['#/manual', { page: 'manual', verificationId: null }],
    ['#/ledger', { page: 'ledger', billId: null }],
    [`#/ledger/${receiptId}`, { page: 'ledger', billId: receiptId }],
    [`#/manual/verifications/${verificationId}`, { page: 'manual', verificationId }],
    ['#/batches', { page: 'batches', batchId: null }],
    [`#/batches/${receiptId}`, { page: 'batches', batchId: receiptId }],
    ['#/costs', { page: 'costs' }],
    ['#/approvals', { page: 'approvals' }],
    ['#/people', { page: 'people' }],
    ['#/keys', { page: 'keys' }],
    ['#/audit', { page: 'audit' }],
    ['#/subjects', { page: 'subjects' }],
    ['#/account', { page: 'account' }],
  ])('%s there and back', (hash, route) => {
    expect(parseRoute(hash)).toEqual(route);
    expect(hashOf(route)).toBe(hash);
  });

  it.each(['', '#', '#/nowhere', '#/receipts/../../v1', '#/receipts/short', '#/batches/short', '#/costs/'])(
    '%p leads to the receipts',
    (hash) => {
      expect(parseRoute(hash)).toEqual({ page: 'receipts', receiptId: null, billNumber: 1, verificationId: null });
    },
  );
});
