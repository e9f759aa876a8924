import { serialDate } from './serial-date';

describe('serialDate', () => {
  it.each([
    ['61', 'from1900', '1900-03-01'],
    ['46346', 'from1900', '2026-11-20'],
    ['46346.99', 'from1900', '2026-11-20'],
    ['44884', 'from1904', '2026-11-20'],
    ['60', 'from1900', null],
    ['-1', 'from1904', null],
    ['2958466', 'from1900', null],
    ['x', 'from1900', null],
  ] as const)('takes %s %s for %s', (stored, calendar, day) => {
    expect(serialDate(stored, calendar)).toBe(day);
  });
});
