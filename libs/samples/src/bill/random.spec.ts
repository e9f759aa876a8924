import { Random } from './random';

describe('Random', () => {
  it('tells the same story for the same seed, and another one for another', () => {
    const story = (seed: number) => {
      const random = new Random(seed);
      return [random.next(), random.int(1, 1000), random.text(12), random.some(['a', 'b', 'c', 'd'], 3)];
    };
    expect(story(7)).toEqual(story(7));
    expect(story(7)).not.toEqual(story(8));
  });

  it('reaches both ends of a range and nothing beyond', () => {
    const random = new Random(1);
    const seen = new Set(Array.from({ length: 200 }, () => random.int(3, 5)));
    expect([...seen].sort()).toEqual([3, 4, 5]);
  });

  it('draws each choice at most once', () => {
    const drawn = new Random(5).some(['a', 'b', 'c'], 9);
    expect(drawn.sort()).toEqual(['a', 'b', 'c']);
  });
});
