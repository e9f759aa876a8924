import { wilson } from './wilson';

describe('wilson', () => {
  // Values of the closed form, as published for small samples: 0 of 10 and 10 of 10 mirror one another.
  it.each([
    [0, 10, 0, 0.2775],
    [10, 10, 0.7225, 1],
    [81, 263, 0.2553, 0.3662],
  ])('gives for %i of %i the interval from %f to %f', (right, count, low, high) => {
    expect(wilson(right, count).low).toBeCloseTo(low, 3);
    expect(wilson(right, count).high).toBeCloseTo(high, 3);
  });

  it('says nothing of nothing', () => {
    expect(wilson(0, 0)).toEqual({ low: 0, high: 1 });
  });
});
