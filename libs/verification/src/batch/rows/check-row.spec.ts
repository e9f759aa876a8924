import { checkRow, type GivenRow } from './check-row';

const SOUND: GivenRow = {
  billCode: '99060126',
  billNumber: '0041207735',
  checkCode: '1e9030',
  issueDate: '2026-07-12',
  totalAmount: '486.20',
  reference: 'loan 4711',
};
const TODAY = '2026-11-26';
const check = (changes: Partial<GivenRow>) => checkRow({ ...SOUND, ...changes }, TODAY);

describe('checkRow', () => {
  it('takes a sound row as it is', () => {
    const { reference: _, ...elements } = SOUND;
    expect(check({})).toEqual({ elements, errors: [], normalised: [] });
  });

  it.each([
    ['issueDate', '20260712'],
    ['issueDate', '2026/7/12'],
    ['issueDate', '2026.07.12'],
    ['issueDate', '２０２６年７月１２日'],
    ['issueDate', '2026-07-12 00:00:00'],
    ['issueDate', '2026-07-12T09:30'],
    ['totalAmount', '￥486.2'],
    ['totalAmount', '¥ 486.200'],
    ['totalAmount', '486.20元'],
    ['totalAmount', '４８６．２０'],
    ['totalAmount', '00486.2'],
    ['billNumber', ' 0041 2077 35\u200b'],
    ['billNumber', "'0041207735"],
    ['billCode', '９９０６０１２６'],
    ['checkCode', '１ｅ９０３０'],
  ] as const)('reads %s %j as the same, and tells so', (column, text) => {
    const { reference: _, ...elements } = SOUND;
    expect(check({ [column]: text })).toEqual({ elements, errors: [], normalised: [column] });
  });

  it('takes thousands apart, in whole groups only', () => {
    expect(check({ totalAmount: '￥1,234,567.8' }).elements?.totalAmount).toBe('1234567.80');
    expect(check({ totalAmount: '１，２３４．５６' }).elements?.totalAmount).toBe('1234.56');
    expect(check({ totalAmount: '1,23.45' }).errors).toEqual([{ column: 'totalAmount', code: 'notAmount' }]);
  });

  it.each([
    ['billCode', '', 'missing'],
    ['billCode', '9906012', 'tooShort'],
    ['billNumber', '41207735', 'tooShort'],
    ['billNumber', '00041207735', 'tooLong'],
    ['billNumber', '004120773O', 'notDigits'],
    ['billNumber', '4.1207735E+9', 'scientific'],
    ['billCode', '٩٩٠٦٠١٢٦', 'notDigits'],
    ['billCode', '①9060126', 'notDigits'],
    ['checkCode', '1230', 'tooShort'],
    ['checkCode', '1.23E+5', 'scientific'],
    ['checkCode', '1е9030', 'notAlphanumeric'],
    ['checkCode', '1e90301', 'notAlphanumeric'],
    ['issueDate', '12/07/2026', 'notDate'],
    ['issueDate', '2026-02-30', 'notDate'],
    ['issueDate', '46215', 'notDate'],
    ['issueDate', '2026-11-27', 'futureDate'],
    ['issueDate', '2025-11-25', 'overWindow'],
    ['totalAmount', '486.205', 'tooManyDecimals'],
    ['totalAmount', '0.00', 'notPositive'],
    ['totalAmount', '-486.20', 'notPositive'],
    ['totalAmount', '=486', 'notAmount'],
    ['totalAmount', '1234567890123', 'notAmount'],
    ['totalAmount', '#REF!', 'formulaError'],
    ['reference', 'x'.repeat(101), 'referenceTooLong'],
  ] as const)('refuses %s %j as %s', (column, text, code) => {
    expect(check({ [column]: text })).toMatchObject({ elements: null, errors: [{ column, code }] });
  });

  it('takes the anniversary day, and names every error of a row', () => {
    expect(check({ issueDate: '2025-11-26' }).errors).toEqual([]);
    expect(check({ billCode: '1', totalAmount: 'x' }).errors).toHaveLength(2);
  });
});
