import { billReading, expectedBill, field } from './document.fixture';
import { pairBills } from './pair-bills';

const printed = (billNumber: string, page = 1) => expectedBill({ page, fields: { billNumber } });
const read = (billNumber: string, page = 1) => billReading({ page, fields: { billNumber: field(billNumber) } });
const numbers = (pairs: ReturnType<typeof pairBills>) =>
  pairs.map(({ expected, bill }) => [expected?.fields.billNumber, bill?.elements.billNumber]);

describe('pairBills', () => {
  it('pairs bills of one page by what they agree in, not by their order', () => {
    const pairs = pairBills([printed('0000000001'), printed('0000000002')], [read('0000000002'), read('0000000001')]);
    expect(numbers(pairs)).toEqual([
      ['0000000001', '0000000001'],
      ['0000000002', '0000000002'],
    ]);
  });

  it('prefers the page to any agreement', () => {
    const pairs = pairBills([printed('0000000001', 1), printed('0000000002', 2)], [read('0000000002', 1), read('0000000001', 2)]);
    expect(pairs.map(({ expected, bill }) => expected?.page === bill?.page)).toEqual([true, true]);
  });

  it('leaves what was not found and what is not there alone', () => {
    expect(numbers(pairBills([printed('0000000001'), printed('0000000002')], [read('0000000002')]))).toEqual([
      ['0000000001', undefined],
      ['0000000002', '0000000002'],
    ]);
    expect(numbers(pairBills([], [read('0000000003')]))).toEqual([[undefined, '0000000003']]);
  });

  it('pairs what agrees in nothing on its page, so that it counts as read wrongly, and nowhere else', () => {
    const nothing = (page: number) => billReading({ page, fields: {}, elements: read('x').elements, items: [], otherInfo: [] });
    const strange = (page: number) => ({
      ...nothing(page),
      fields: {},
      elements: { ...nothing(page).elements, billCode: '1', billNumber: '2', checkCode: '3', issueDate: '4', totalAmount: '5' },
    });
    expect(pairBills([printed('0000000001')], [strange(1)])).toHaveLength(1);
    expect(pairBills([printed('0000000001')], [strange(2)])).toHaveLength(2);
  });
});
