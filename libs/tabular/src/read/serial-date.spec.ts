import { serialDate, serialTime } from './serial-date';

describe('serialTime', () => {
  it.each([
    ['46346', 'from1900', '2026-11-20 00:00:00'],
    ['46346.5000115740741', 'from1900', '2026-11-20 12:00:01'],
    ['46346.9999999', 'from1900', '2026-11-21 00:00:00'],
    ['44884.25', 'from1904', '2026-11-20 06:00:00'],
    ['60.5', 'from1900', null],
    ['x', 'from1900', null],
  ] as const)('takes %s %s for %s', (stored, calendar, time) => {
    expect(serialTime(stored, calendar)).toBe(time);
  });
});

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
