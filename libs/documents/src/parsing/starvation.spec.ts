import { wasStarved } from './starvation';

describe('wasStarved', () => {
  it.each([
    ['computed throughout', 10_000, 9_900, false],
    ['waited for something that did not come', 20, 10, false],
    ['had work and hardly a processor', 10_000, 1_500, true],
    ['shared its processor with three others', 10_000, 2_500, false],
  ])('of a thread that %s', (_, activeMs, processorMs, isStarved) => {
    expect(wasStarved({ wallMs: 10_000, activeMs, processorMs })).toBe(isStarved);
  });
});
