import { fullLoad, openLoad } from './load';

describe('the open load', () => {
  it('sends each request at its time although none is answered', async () => {
    const due: number[] = [];
    let answer: (() => void) | undefined;
    const held = new Promise<void>((resolve) => (answer = resolve));
    const begun = performance.now();
    const loaded = openLoad({ ratePerSecond: 100, seconds: 1 }, (number, dueAt) => {
      due.push(dueAt);
      expect(performance.now()).toBeGreaterThanOrEqual(dueAt);
      if (number === 99) answer?.();
      return held;
    });
    const called = performance.now();
    await loaded;
    expect(due).toHaveLength(100);
    expect(due[99]! - due[0]!).toBeCloseTo(990, 3);
    // The first goes out within the call itself.
    expect(due[0]).toBeGreaterThanOrEqual(begun);
    expect(due[0]).toBeLessThanOrEqual(called);
  });
});

describe('the full load', () => {
  it('keeps as many under way as it is told, and no more', async () => {
    let underWay = 0;
    let most = 0;
    await fullLoad({ inFlight: 7, seconds: 1 }, async () => {
      most = Math.max(most, ++underWay);
      await new Promise((resolve) => setTimeout(resolve, 20));
      underWay--;
    });
    expect(most).toBe(7);
    expect(underWay).toBe(0);
  });
});
