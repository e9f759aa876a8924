import { apply, cornersOf, homography, type Corners } from './geometry';

describe('homography', () => {
  const from = cornersOf(100, 60);
  const to: Corners = [
    [12, 7],
    [130, 2],
    [121, 88],
    [3, 70],
  ];

  it('takes each corner to its fellow', () => {
    const mapping = homography(from, to);
    for (const [index, corner] of from.entries()) {
      const [x, y] = apply(mapping, corner);
      expect(x).toBeCloseTo(to[index]![0], 6);
      expect(y).toBeCloseTo(to[index]![1], 6);
    }
  });

  it('is undone by the mapping back', () => {
    const [x, y] = apply(homography(to, from), apply(homography(from, to), [37, 21]));
    expect(x).toBeCloseTo(37, 6);
    expect(y).toBeCloseTo(21, 6);
  });
});
