import { batch } from '../testing/made-up-batch';
import { leftOut, nextLookMs, roughly, shareOf } from './batch-progress';

describe('shareOf', () => {
  it('counts the rows that came to their end among those to be asked', () => {
    const states = { error: 3, duplicate: 2, pending: 4, begun: 3, ended: 2, refused: 1 };
    expect(shareOf(batch({}, states))).toEqual({ total: 10, done: 3, percent: 30 });
  });

  it('is never whole while one row is left', () => {
    expect(shareOf(batch({}, { ended: 9_999, begun: 1 })).percent).toBe(99);
    expect(shareOf(batch({}, { ended: 5, cancelled: 5 })).percent).toBe(50);
    expect(shareOf(batch({}, { ended: 10 })).percent).toBe(100);
  });

  it('is whole of a batch without a row to ask', () => {
    expect(shareOf(batch({}, { error: 4 }))).toEqual({ total: 0, done: 0, percent: 100 });
  });
});

it('leaves out rows with errors and skipped ones', () => {
  expect(leftOut(batch({ counts: { rows: 20, ok: 10, errors: 3, duplicates: 5, skipped: 2 } }))).toBe(5);
});

describe('roughly', () => {
  it.each([
    [0, 'seconds', 1],
    [89.2, 'seconds', 90],
    [90, 'minutes', 2],
    [5_399, 'minutes', 90],
    [5_401, 'hours', 2],
  ])('%d s are %s: %d', (seconds, unit, count) => {
    expect(roughly(seconds)).toEqual({ unit, count });
  });
});

describe('nextLookMs', () => {
  const finishedAt = '2026-11-22T09:00:00.000Z';

  it('looks often while rows are under way, also those of a paused or cancelled batch', () => {
    const often = nextLookMs(batch({ state: 'running' }));
    expect(often).toBeLessThan(5_000);
    expect(nextLookMs(batch({ state: 'paused' }, { begun: 1 }))).toBe(often);
    expect(nextLookMs(batch({ state: 'cancelled' }, { begun: 1 }))).toBe(often);
  });

  it('looks now and then where a colleague may start or resume it', () => {
    expect(nextLookMs(batch({ state: 'draft' }))).toBeGreaterThan(5_000);
    expect(nextLookMs(batch({ state: 'paused' }))).toBeGreaterThan(5_000);
  });

  it('does not look again once it is over', () => {
    expect(nextLookMs(batch({ state: 'done', finishedAt }))).toBeNull();
    expect(nextLookMs(batch({ state: 'cancelled', finishedAt }))).toBeNull();
  });
});
