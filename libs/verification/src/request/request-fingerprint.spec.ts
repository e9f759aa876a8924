import type { Elements } from '@app/contracts';
import { ElementsHasher } from '../elements-hasher';
import { requestFingerprint, type VerificationOrder } from './request-fingerprint';

const elements: Elements = {
  billCode: '99060126',
  billNumber: '0000012345',
  checkCode: '1e9030',
  issueDate: '2026-07-12',
  totalAmount: '486.20',
};
const receiptId = '019ab1c2-3d4e-7f50-8a6b-7c8d9e0f1a2b';

const hasher = new ElementsHasher('key');
const fingerprint = (order: VerificationOrder): string => requestFingerprint(order, hasher);

describe('recognising what was asked before', () => {
  it('does not depend on the order in which elements were written', () => {
    const reversed = Object.fromEntries(Object.entries(elements).reverse()) as Elements;
    expect(fingerprint({ elements: reversed })).toBe(fingerprint({ elements }));
  });

  it('tells any two different requests apart', () => {
    const orders = [
      { elements },
      { elements: { ...elements, checkCode: '1E9030' } },
      { elements, provider: 'jumdata' as const },
      { elements, receiptId },
      { receiptId },
      { receiptId, bill: 1 },
      { receiptId, bill: 2 },
    ];
    expect(new Set(orders.map(fingerprint)).size).toBe(orders.length);
  });

  it('takes a confirmed last try for the same request', () => {
    expect(fingerprint({ elements, confirmLastTry: true })).toBe(fingerprint({ elements }));
  });

  it('is under the key, in the suite of the key', () => {
    const other = ['another key', 'sm3:key'].map((key) => requestFingerprint({ elements }, new ElementsHasher(key)));
    expect(new Set([...other, fingerprint({ elements })]).size).toBe(3);
  });

  it('knows a bill by code and number, and a question by all five', () => {
    const other = { ...elements, totalAmount: '486.21' };
    expect(hasher.ofBill(other)).toBe(hasher.ofBill(elements));
    expect(hasher.ofElements(other)).not.toBe(hasher.ofElements(elements));
    expect(new ElementsHasher('another key').ofBill(elements)).not.toBe(hasher.ofBill(elements));
    expect(hasher.ofBill(elements)).not.toContain(elements.billNumber);
  });
});
