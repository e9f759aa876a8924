import { SoakClock } from './soak-clock';

describe('SoakClock', () => {
  it('puts moments of its own and of others into the same minutes', () => {
    const clock = new SoakClock(10, new AbortController().signal);
    expect(clock.minuteOf(performance.now() + 59_000)).toBe(0);
    expect(clock.minuteOf(performance.now() + 61_000)).toBe(1);
    expect(clock.minuteOfTime(new Date(Date.now() + 61_000).toISOString())).toBe(1);
  });

  it('leaves out what happened before or after', () => {
    const clock = new SoakClock(10, new AbortController().signal);
    expect(clock.minuteOfTime(new Date(Date.now() - 1_000).toISOString())).toBeUndefined();
    expect(clock.minuteOfTime(new Date(Date.now() + 601_000).toISOString())).toBeUndefined();
    clock.end();
    expect(clock.minuteOfTime(new Date(Date.now() + 1_000).toISOString())).toBeUndefined();
    expect(clock.lastedMinutes).toBeLessThan(1);
  });

  it('is over when its time is, or when it is called off', async () => {
    const off = new AbortController();
    const [short, long] = [new SoakClock(0.05 / 60, off.signal), new SoakClock(10, off.signal)];
    await short.until(Infinity);
    expect([short.isOver, long.isOver]).toEqual([true, false]);
    off.abort();
    await long.until(Infinity);
    expect(long.isOver).toBe(true);
  });
});
