import { CallRate } from './call-rate';

describe('CallRate', () => {
  it('lets two seconds of calls pass at once, then as many as a second brings, for each credential apart', () => {
    const rate = new CallRate({ callsPerSecond: 3 });
    const taken = (credential: string, nowMs: number): number =>
      Array.from({ length: 10 }).filter(() => rate.take(credential, nowMs)).length;
    expect(taken('a', 0)).toBe(6);
    expect(taken('b', 0)).toBe(6);
    expect(taken('a', 1_000)).toBe(3);
    expect(taken('a', 1_334)).toBe(1);
    expect(taken('a', 60_000)).toBe(6);
  });
});
