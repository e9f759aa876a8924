import { stillHolds } from './holding-answer';

// 2026-07-12 in Shanghai lasts from 16:00Z of the day before to 16:00Z.
const MORNING = new Date('2026-07-12T01:00:00Z');
const LAST_MINUTE = new Date('2026-07-12T15:59:00Z');

describe('whether a stored answer still holds', () => {
  it.each([
    ['MATCH', MORNING, '2026-07-01', '2026-12-31', true],
    ['MISMATCH', MORNING, '2026-07-01', '2026-12-31', true],
    ['NOT_FOUND', MORNING, '2026-07-01', '2026-12-31', true],
    ['NOT_FOUND', LAST_MINUTE, '2026-07-12', '2026-07-12', true],
    ['NOT_FOUND', LAST_MINUTE, '2026-07-12', '2026-07-13', false],
    ['DAILY_LIMIT', LAST_MINUTE, '2026-07-01', '2026-07-12', true],
    ['DAILY_LIMIT', LAST_MINUTE, '2026-07-01', '2026-07-13', false],
    ['FAILED_LIMIT', MORNING, '2026-07-01', '2026-07-13', false],
  ] as const)('%s of %s for a bill of %s, asked on %s: %s', (outcome, finishedAt, issueDate, today, holds) => {
    expect(stillHolds({ outcome, finishedAt, issueDate }, today)).toBe(holds);
  });

  it('is never so without an answer', () => {
    expect(stillHolds({ outcome: null, finishedAt: null, issueDate: '2026-07-01' }, '2026-07-12')).toBe(false);
  });
});
