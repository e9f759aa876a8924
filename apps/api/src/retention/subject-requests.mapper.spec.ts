import type { SubjectRequest } from '@app/privacy';
import { FOUND_IDS, toSubjectRequestView } from './subject-requests.mapper';

const ids = (count: number): string[] => Array.from({ length: count }, (_, at) => `id-${at}`);
const request = (receipts: number, verifications: number): SubjectRequest => ({
  ...{ id: 'r', kind: 'access', state: 'found', by: 'payer', reference: 'SR-1', purpose: 'x', openedBy: { id: 'u', name: 'u' } },
  ...{ openedAt: new Date(0), dueOn: '1970-01-22', exports: [], exportedAt: null, approvalId: null },
  ...{ erased: null, held: null, leftOver: null, closed: null },
  found: { receipts: ids(receipts), verifications: ids(verifications), hash: 'h', at: new Date(0) },
});

describe('a person’s request for which much was found', () => {
  it('tells all counts, and ids a thousand at a time until the longer list ends', () => {
    const wanted = request(FOUND_IDS + 1, 2 * FOUND_IDS);
    const first = toSubjectRequestView(wanted).found!;
    expect([first.receiptCount, first.verificationCount]).toEqual([FOUND_IDS + 1, 2 * FOUND_IDS]);
    expect([first.receipts.length, first.verifications.length, first.next]).toEqual([FOUND_IDS, FOUND_IDS, FOUND_IDS]);
    const second = toSubjectRequestView(wanted, FOUND_IDS).found!;
    expect([second.receipts, second.verifications.length, second.next]).toEqual([[`id-${FOUND_IDS}`], FOUND_IDS, null]);
  });
});
