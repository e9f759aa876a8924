import { dueDay, isPast } from './due-day';

describe('the day by which a request is answered', () => {
  it.each([
    // A Thursday, a Friday, a Saturday and a Sunday; the last two begin with Monday.
    ['2026-11-26T08:00:00Z', '2026-12-17'],
    ['2026-11-27T08:00:00Z', '2026-12-18'],
    ['2026-11-28T08:00:00Z', '2026-12-18'],
    ['2026-11-29T08:00:00Z', '2026-12-18'],
    // Friday evening in London is Saturday in Shanghai.
    ['2026-11-27T17:00:00Z', '2026-12-18'],
    ['2026-11-26T17:00:00Z', '2026-12-18'],
  ])('of %s is %s', (openedAt, due) => {
    expect(dueDay(new Date(openedAt))).toBe(due);
  });

  it('is over when the next one begins in Shanghai', () => {
    expect(isPast('2026-12-17', new Date('2026-12-17T15:59:59Z'))).toBe(false);
    expect(isPast('2026-12-17', new Date('2026-12-17T16:00:00Z'))).toBe(true);
  });
});
