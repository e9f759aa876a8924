import { infoValue } from './info-values';

describe('infoValue', () => {
  it.each([
    ['orderNumber', '2293253869161289梧', '2293253869161289'],
    ['medicalInsuranceId', '915450033668 3', '915450033668'],
    ['otherPayAmount', '817.18网', '817.18'],
    ['medicalDate', '20260504二', '20260504'],
  ])('leaves out what is not of the kind of %s: %s', (en, printed, value) => expect(infoValue(en, printed)).toBe(value));

  it.each([
    ['2026=02-27', '2026-02-27'],
    ['2026:02-27', '2026-02-27'],
    ['2025 12-09', '2025-12-09'],
    ['202609-07', '2026-09-07'],
    ['20260907', '20260907'],
    ['2026-13=01', '2026-13=01'],
  ])('sets a day of print right, if it is a day: %s', (printed, value) => expect(infoValue('paymentDate', printed)).toBe(value));

  it.each([
    ['00', '0.00'],
    ['0. 00', '0.00'],
    ['0.0', '0.00'],
    ['0', '0'],
    ['3000', '3000'],
    ['0.50', '0.50'],
  ])('takes noughts for nothing paid, and guesses no other point: %s', (printed, value) =>
    expect(infoValue('otherPayAmount', printed)).toBe(value),
  );

  it.each([
    ['medicalDate', '20260408 11:09:01'],
    ['orgType', '综合医院'],
    ['departmentName', '第3 内科'],
    ['', '12345梧'],
  ])('keeps everything else as printed: %s %s', (en, printed) => expect(infoValue(en, printed)).toBe(printed));
});
