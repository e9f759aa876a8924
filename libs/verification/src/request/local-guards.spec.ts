import type { Elements } from '@app/contracts';
import { localRefusal } from './local-guards';
import { DEFAULT_PROVIDER_RULES, isInWindow } from './provider-rules';

const RULES = DEFAULT_PROVIDER_RULES.netocr;

const elements: Elements = {
  billCode: '99060126',
  billNumber: '0000012345',
  checkCode: '1e9030',
  issueDate: '2026-07-12',
  totalAmount: '486.20',
};

describe('the local guards', () => {
  it.each([
    ['today', '2026-07-12', '2026-07-12', null],
    ['tomorrow', '2026-07-13', '2026-07-12', 'FUTURE_DATE'],
    ['the anniversary', '2025-07-12', '2026-07-12', null],
    ['the day before the anniversary', '2025-07-11', '2026-07-12', 'OVER_WINDOW'],
    ['a year after 29 February', '2024-02-29', '2025-02-28', null],
    ['29 February, a year on', '2027-02-28', '2028-02-29', 'OVER_WINDOW'],
    ['the day after, a year on from 29 February', '2027-03-01', '2028-02-29', null],
  ])('judge a bill of %s', (_what, issueDate, today, outcome) => {
    expect(localRefusal({ ...elements, issueDate }, today, RULES)?.outcome ?? null).toBe(outcome);
  });

  it.each([
    ['0.00', 'BAD_PARAM'],
    ['0.01', null],
    ['10.00', null],
  ])('judge the amount %s', (totalAmount, outcome) => {
    expect(localRefusal({ ...elements, totalAmount }, '2026-07-12', RULES)?.outcome ?? null).toBe(outcome);
  });

  it('say when the reason passes, where waiting helps', () => {
    expect(localRefusal({ ...elements, issueDate: '2026-07-14' }, '2026-07-12', RULES)).toEqual({
      outcome: 'FUTURE_DATE',
      code: 'future-date',
      passesAt: new Date('2026-07-13T16:00:00Z'),
    });
    expect(localRefusal({ ...elements, issueDate: '2020-07-14' }, '2026-07-12', RULES)).toMatchObject({
      code: 'over-window',
      passesAt: null,
    });
    expect(localRefusal({ ...elements, totalAmount: '0.00' }, '2026-07-12', RULES)).toMatchObject({ code: 'bad-amount', passesAt: null });
  });
});

describe('the window of a provider', () => {
  it.each([
    [{ window: 'year', lastDayCounts: true }, '2025-07-12', true],
    [{ window: 'year', lastDayCounts: false }, '2025-07-12', false],
    [{ window: 'year', lastDayCounts: false }, '2025-07-13', true],
    [{ window: 30, lastDayCounts: true }, '2026-06-12', true],
    [{ window: 30, lastDayCounts: false }, '2026-06-12', false],
    [{ window: 30, lastDayCounts: true }, '2026-06-11', false],
    [{ window: 1_825, lastDayCounts: true }, '2021-07-14', true],
  ] as const)('%j, for a bill of %s on 12 July 2026: %s', (rules, issueDate, expected) => {
    expect(isInWindow(rules, issueDate, '2026-07-12')).toBe(expected);
  });
});
