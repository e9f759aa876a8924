import { growthOf, slopeOf, type MemorySample } from './growth';

const samples = (count: number, rss: (page: number) => number): MemorySample[] =>
  Array.from({ length: count }, (_, index) => ({ page: index + 1, rssMiB: rss(index + 1) }));

describe('slopeOf', () => {
  it('finds the line through scattered points', () => {
    expect(slopeOf([0, 1, 2, 3].map((x) => [x, 10 + 2 * x + (x % 3 === 0 ? 1 : -1)]))).toBeCloseTo(2);
  });

  it('is unknown for one place', () => {
    expect(slopeOf([])).toBeUndefined();
    expect(slopeOf([[4, 1], [4, 9]])).toBeUndefined(); // prettier-ignore
  });
});

describe('growthOf', () => {
  it('sets the first fifty pages aside', () => {
    const growth = growthOf(samples(300, (page) => (page < 50 ? 10 * page : 500)));
    expect(growth).toEqual({ mibPer100Pages: 0, verdict: 'flat' });
  });

  it('calls a page kept in every hundred growth, and a swing none', () => {
    const leaking = growthOf(samples(500, (page) => 500 + 6 * Math.floor(page / 100)));
    expect(leaking.verdict).toBe('growing');
    expect(leaking.mibPer100Pages).toBeGreaterThan(5);
    expect(growthOf(samples(500, (page) => 500 + 30 * Math.sin(page / 7))).verdict).toBe('flat');
    expect(growthOf(samples(500, (page) => 500 - page / 10)).verdict).toBe('flat');
  });

  it('does not judge a hundred pages or fewer', () => {
    expect(growthOf(samples(40, () => 500))).toEqual({ mibPer100Pages: undefined, verdict: 'too few pages' });
    expect(growthOf(samples(149, (page) => page))).toMatchObject({ verdict: 'too few pages' });
    expect(growthOf(samples(150, (page) => page)).verdict).toBe('growing');
  });
});
