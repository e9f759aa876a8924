import { jumdataElements } from '../jumdata/elements';
import type { JumdataCall } from '../jumdata/server';
import { netocrElements } from '../netocr/elements';
import type { NetocrCall } from '../netocr/server';

const netocr = (changes: Partial<NetocrCall> = {}) =>
  netocrElements({
    ...{ key: 'k', secret: 's', typeId: '3017', invoiceCode: '33060126', invoiceNumber: '0041207735', checkCode: '7be20c' },
    ...{ billingDate: '2026-04-09', amountTax: '486.20', unknownFields: 0 },
    ...changes,
  });
const jumdata = (changes: Partial<JumdataCall> = {}) =>
  jumdataElements({
    ...{ appId: 'a', timestamp: '1', sign: 's', fpdm: '33060126', fphm: '0041207735', jym: '7be20c' },
    ...{ kqrq: '2026-04-09', je: '486.20', unknownFields: 0 },
    ...changes,
  });
const elements = { billCode: '33060126', billNumber: '0041207735', checkCode: '7be20c', issueDate: '2026-04-09', totalAmount: '486.20' };

describe('the five elements of a call', () => {
  it('are the same in both dialects', () => {
    expect([netocr(), jumdata()]).toEqual([{ elements }, { elements }]);
  });

  it.each([
    ['486.2', '486.20'],
    ['486', '486.00'],
    ['486.200', '486.20'],
    ['0486.20', '486.20'],
    [' 486.20 ', '486.20'],
    ['1,486.20', '1486.20'],
    // Beyond 2^53 a float would lose the last 分.
    ['999999999999.99', '999999999999.99'],
  ])('give the amount %j as %j, exactly', (sent, totalAmount) => {
    expect(netocr({ amountTax: sent })).toEqual({ elements: { ...elements, totalAmount } });
    expect(jumdata({ je: sent })).toEqual({ elements: { ...elements, totalAmount } });
  });

  it('give the day in both forms of jumdata, and in one of netocr', () => {
    expect(jumdata({ kqrq: '20260409' })).toEqual({ elements });
    expect(netocr({ billingDate: '20260409' })).toEqual({ refused: { outcome: 'BAD_LENGTH', element: 'issueDate' } });
  });

  it.each([
    [{ fpdm: '' }, 'MISSING_PARAM', 'billCode'],
    [{ fphm: '  ' }, 'MISSING_PARAM', 'billNumber'],
    [{ fpdm: '1', je: '' }, 'MISSING_PARAM', 'totalAmount'],
    [{ fpdm: '3306012' }, 'BAD_LENGTH', 'billCode'],
    [{ fphm: '41207735' }, 'BAD_LENGTH', 'billNumber'],
    [{ jym: '7be20c1' }, 'BAD_LENGTH', 'checkCode'],
    [{ kqrq: '2026-4-9' }, 'BAD_PARAM', 'issueDate'],
    [{ kqrq: '2026-4-09' }, 'BAD_LENGTH', 'issueDate'],
    [{ kqrq: '2026-02-30' }, 'BAD_PARAM', 'issueDate'],
    [{ kqrq: '2026/04/09' }, 'BAD_PARAM', 'issueDate'],
    [{ fpdm: '3306012X' }, 'BAD_PARAM', 'billCode'],
    [{ jym: '7be20-' }, 'BAD_PARAM', 'checkCode'],
    [{ je: '-1.00' }, 'BAD_PARAM', 'totalAmount'],
    [{ je: '486.205' }, 'BAD_PARAM', 'totalAmount'],
    [{ je: '4.862e2' }, 'BAD_PARAM', 'totalAmount'],
    [{ je: '12345678901234.00' }, 'BAD_PARAM', 'totalAmount'],
  ] as const)('refuse %j as %s of %s', (changes, outcome, element) => {
    expect(jumdata(changes)).toEqual({ refused: { outcome, element } });
  });
});
