import type { Elements } from '@app/contracts';
import { emptyFace } from '@app/providers';
import { Verification } from '../../verification.entity';
import { BatchRow } from '../batch-row.entity';
import { VerificationBatch } from '../verification-batch.entity';
import type { BatchResult, ResultRow } from './result-rows';

const BILL: Elements = {
  billCode: '99060126',
  billNumber: '0041207735',
  checkCode: '1e9030',
  issueDate: '2026-07-12',
  totalAmount: '486.20',
};
const AT = new Date('2026-07-13T16:30:00Z');

/** A made-up batch with one row of each kind. */
export function madeUpResult(): BatchResult {
  const batch = Object.assign(new VerificationBatch(), {
    id: '019ab1c2-7a8b-7c9d-8e0f-1a2b3c4d5e6f',
    fileName: '=evil.xlsx',
    startedByName: 'counter 3',
    rowCount: 6,
    priceHao: 5_000n,
  });
  const rows: ResultRow[] = [
    { row: row(1, {}), verification: verification({ face: { ...emptyFace(), reversed: false, payee: '测试医院' } }) },
    { row: row(2, {}), verification: verification({ outcome: 'MISMATCH' }) },
    { row: row(3, {}), verification: verification({ state: 'unknown', outcome: null, charge: 'unknown' }) },
    { row: row(4, { state: 'duplicate', duplicateOf: 1 }), verification: null },
    { row: row(5, { state: 'error', elements: null, errors: [{ column: 'billNumber', code: 'tooShort' }] }), verification: null },
    { row: row(6, { state: 'skipped', line: null, given: null, elements: null, problem: 'receipt-needs-review' }), verification: null },
  ];
  return { batch, rows };
}

function row(number: number, changes: Partial<BatchRow>): BatchRow {
  const given = { ...BILL, totalAmount: '￥486.2', reference: '=HYPERLINK("http://x")' };
  return Object.assign(new BatchRow(), {
    ...{ number, line: number + 1, state: 'ended' as const, given, reference: given.reference, elements: BILL, errors: [], normalised: [] },
    ...{ duplicateOf: null, receiptId: null, receiptBill: null, problem: null, verdict: null },
    ...changes,
  });
}

function verification(changes: Partial<Verification>): Verification {
  return Object.assign(new Verification(), {
    ...{ id: '019ab1c2-5e6f-7a81-9b2c-3d4e5f607182', state: 'answered' as const, outcome: 'MATCH' as const, charge: 'charged' as const },
    ...{ ...BILL, face: null, readFace: null, refusalCode: null, hold: null, finishedAt: AT, nextAttemptAt: null },
    ...changes,
  });
}
