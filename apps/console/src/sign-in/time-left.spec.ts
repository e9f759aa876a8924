import { standingAt } from './time-left';

const MINUTE = 60_000;
const clock = (minutes: number, changes: { usedMs?: number; actedMs?: number; endsMs?: number } = {}) =>
  standingAt({ nowMs: minutes * MINUTE, usedMs: 0, actedMs: 0, endsMs: 720 * MINUTE, idleMinutes: 30, ...changes });

describe('a session', () => {
  it('is fine until two minutes before the end of its rest, which may come a minute early', () => {
    expect(clock(26)).toEqual({ is: 'fine' });
    expect(clock(27)).toEqual({ is: 'resting', atMs: 29 * MINUTE });
    expect(clock(29)).toEqual({ is: 'over' });
  });

  it('goes on while its person types, though nothing was asked', () => {
    expect(clock(27, { actedMs: 26.5 * MINUTE })).toEqual({ is: 'goesOn' });
    expect(clock(27, { actedMs: 20 * MINUTE })).toMatchObject({ is: 'resting' });
    expect(clock(29, { actedMs: 28.5 * MINUTE })).toEqual({ is: 'over' });
  });

  it('begins to rest with its last use, in whichever tab', () => {
    expect(clock(29, { usedMs: 15 * MINUTE, actedMs: 10 * MINUTE })).toEqual({ is: 'fine' });
  });

  it('ends at its limit however busy it is, and says so before', () => {
    const busy = { usedMs: 19 * MINUTE, actedMs: 19 * MINUTE, endsMs: 20 * MINUTE };
    expect(clock(18, busy)).toEqual({ is: 'ending', atMs: 20 * MINUTE });
    expect(clock(20, busy)).toEqual({ is: 'over' });
  });
});
