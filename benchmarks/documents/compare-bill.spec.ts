import { compareBill } from './compare-bill';
import { billReading, expectedBill, field } from './document.fixture';

const markOf = (comparison: ReturnType<typeof compareBill>, name: string) => comparison.fields.find((mark) => mark.name === name);

describe('compareBill', () => {
  it('finds everything right on a bill read without a mistake', () => {
    const comparison = compareBill(expectedBill(), billReading());
    expect(comparison).toMatchObject({ state: 'paired', decision: 'auto', wrongElements: [] });
    expect(comparison.fields.filter(({ isRight }) => !isRight)).toEqual([]);
    expect([comparison.items, comparison.wholeItems, comparison.other].map(({ missed }) => missed)).toEqual([[], [], []]);
  });

  it('does not count a field that is neither printed nor read, and counts one that is invented', () => {
    expect(markOf(compareBill(expectedBill(), billReading()), 'payerCreditCode')).toBeUndefined();
    const invented = billReading({ fields: { payerCreditCode: field('9132') } });
    expect(markOf(compareBill(expectedBill(), invented), 'payerCreditCode')).toMatchObject({ expected: '', read: '9132', isRight: false });
  });

  it('leaves out what nobody wrote down, and compares it where somebody did', () => {
    const read = billReading({ fields: { payeeAccount: field('320100045566') } });
    expect(markOf(compareBill(expectedBill(), read), 'payeeAccount')).toBeUndefined();
    const written = expectedBill({ fields: { payeeAccount: '320100045567' } });
    expect(markOf(compareBill(written, read), 'payeeAccount')).toMatchObject({ isRight: false });
  });

  it('leaves out what the file does not carry', () => {
    const comparison = compareBill(expectedBill(), billReading({ fields: { totalAmountInWords: field('壹元整') } }), [
      'totalAmountInWords',
    ]);
    expect(markOf(comparison, 'totalAmountInWords')).toBeUndefined();
  });

  it('tells an element read wrongly from one that is not read, whatever is proposed for it', () => {
    expect(compareBill(expectedBill(), billReading({ fields: { checkCode: field('5do7ea') } })).wrongElements).toEqual(['checkCode']);
    const { elements, fields } = billReading();
    const proposed = billReading({
      elements: { ...elements, checkCode: null },
      fields: { ...fields, checkCode: field('5do7', { confidence: 0 }) },
    });
    const comparison = compareBill(expectedBill(), proposed);
    expect(comparison.wrongElements).toEqual([]);
    expect(markOf(comparison, 'checkCode')).toMatchObject({ read: '', isRight: false, field: { isRight: false, confidence: 0 } });
  });

  it('wants name and amount of an item in one row', () => {
    const item = { itemCode: '', unit: '', quantity: '', standard: '', itemRemark: '' };
    const swapped = [
      { ...item, itemName: '检查费', amount: '2.00' },
      { ...item, itemName: '化验费', amount: '1.00' },
    ];
    const cells = { code: '', unit: '', quantity: '', standard: '' };
    const printed = [
      { ...cells, name: '检查费', amount: '1.00' },
      { ...cells, name: '化验费', amount: '2.00' },
    ];
    expect(compareBill(expectedBill({ items: printed }), billReading({ items: swapped })).items.right).toBe(0);
  });

  it('takes the two days of a stay that data gives for the one value that is printed', () => {
    const otherInfo = [
      { cn: '入院日期', en: 'inHospitalDate', value: '20260401' },
      { cn: '出院日期', en: 'outHospitalDate', value: '20260409' },
    ];
    const stay = expectedBill({ other: [{ cn: '住院时间', value: '20260401-20260409' }] });
    expect(compareBill(stay, billReading({ otherInfo })).other).toMatchObject({ right: 1, surplus: [] });
    expect(compareBill(stay, billReading({ otherInfo: otherInfo.slice(0, 1) })).other.right).toBe(0);
  });

  it('marks everything printed as missing where no bill was found, and everything read as wrong where none is printed', () => {
    const missed = compareBill(expectedBill(), null);
    expect(missed).toMatchObject({ state: 'missed', decision: null, items: { right: 0, expected: 1 } });
    expect(missed.fields.every(({ isRight, field: read }) => !isRight && read === null)).toBe(true);
    const surplus = compareBill(null, billReading());
    expect(surplus.state).toBe('surplus');
    expect(surplus.wrongElements).toHaveLength(5);
  });
});
