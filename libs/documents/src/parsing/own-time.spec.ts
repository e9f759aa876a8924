import { ownTime } from './own-time';

describe('ownTime', () => {
  it.each([
    ['computed throughout', 1000, 1000, 1000],
    ['waited for something that did not come', 2, 1, 999],
    ['had work and no processor', 1000, 0, 0],
    ['waited a while and shared its processor with one other', 600, 300, 700],
    ['was counted by two clocks that differ', 990, 1010, 1000],
  ])('of a thread that %s', (_, activeMs, processorMs, own) => {
    expect(ownTime({ wallMs: 1000, activeMs, processorMs })).toBe(own);
  });
});
