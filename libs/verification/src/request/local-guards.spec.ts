import type { Elements } from '@app/contracts';
import { localOutcome } from './local-guards';

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
    expect(localOutcome({ ...elements, issueDate }, today)).toBe(outcome);
  });

  it.each([
    ['0.00', 'BAD_PARAM'],
    ['0.01', null],
    ['10.00', null],
  ])('judge the amount %s', (totalAmount, outcome) => {
    expect(localOutcome({ ...elements, totalAmount }, '2026-07-12')).toBe(outcome);
  });
});
