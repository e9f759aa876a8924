import { MAX_TRIES, retryDelaySeconds } from './retry-delay';

describe('retryDelaySeconds', () => {
  it('waits longer each time, and gives up after the tenth try', () => {
    const delays = Array.from({ length: MAX_TRIES }, (_, index) => retryDelaySeconds(index + 1, 0));
    expect(delays).toEqual([5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400, null]);
  });

  it('adds up to a fifth by chance', () => {
    expect([retryDelaySeconds(2, 0.5), retryDelaySeconds(2, 1)]).toEqual([330, 360]);
  });
});
