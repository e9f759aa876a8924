import { nameOf, PERIOD_NAMES, periodOf, queryOf, todayInChina } from './period';

describe('todayInChina', () => {
  it.each([
    ['2026-11-25T15:59:59.999Z', '2026-11-25'],
    ['2026-11-25T16:00:00.000Z', '2026-11-26'],
    ['2026-12-31T16:00:00.000Z', '2027-01-01'],
  ])('at %s is %s', (now, day) => {
    expect(todayInChina(new Date(now))).toBe(day);
  });
});

describe('periodOf', () => {
  it.each([
    ['thisMonth', '2026-11-26', '2026-11-01', '2026-11-26'],
    ['lastMonth', '2026-11-26', '2026-10-01', '2026-10-31'],
    ['lastMonth', '2027-01-05', '2026-12-01', '2026-12-31'],
    ['lastMonth', '2028-03-31', '2028-02-01', '2028-02-29'],
    ['last30Days', '2026-11-26', '2026-10-28', '2026-11-26'],
    ['thisYear', '2026-11-26', '2026-01-01', '2026-11-26'],
  ] as const)('%s on %s', (name, today, from, to) => {
    expect(periodOf(name, today)).toEqual({ from, to });
  });

  it.each(PERIOD_NAMES)('%s is one the API takes, and known again by its days', (name) => {
    const period = periodOf(name, '2026-11-26');
    expect(queryOf(period, 'day')).toEqual({ ...period, by: 'day' });
    expect(nameOf(period, '2026-11-26')).toBe(name);
  });
});

describe('queryOf', () => {
  it.each([
    ['days the wrong way round', '2026-11-26', '2026-11-25'],
    ['a day that does not exist', '2026-02-30', '2026-03-01'],
    ['a day not given', '', '2026-03-01'],
    ['more than 400 days', '2025-01-01', '2026-11-26'],
  ])('takes no %s', (_case, from, to) => {
    expect(queryOf({ from, to }, 'day')).toBeNull();
  });
});

it('calls days of a person’s own choice nothing', () => {
  expect(nameOf({ from: '2026-11-03', to: '2026-11-04' }, '2026-11-26')).toBeNull();
});
