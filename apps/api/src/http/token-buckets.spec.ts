import { TokenBuckets } from './token-buckets';

describe('TokenBuckets', () => {
  const taken = (buckets: TokenBuckets, name: string, nowMs: number): number =>
    Array.from({ length: 20 }).filter(() => buckets.take(name, nowMs)).length;

  it('gives what a full bucket holds, then what time brings, for each name apart', () => {
    const buckets = new TokenBuckets({ perSecond: 2, full: 5, maxBuckets: 10 });
    expect(taken(buckets, 'a', 0)).toBe(5);
    expect(taken(buckets, 'b', 0)).toBe(5);
    expect(taken(buckets, 'a', 1_000)).toBe(2);
    expect(taken(buckets, 'a', 3_600_000)).toBe(5);
  });

  it('says after how many seconds there is one again, and it is so', () => {
    const buckets = new TokenBuckets({ perSecond: 0.1, full: 1, maxBuckets: 10 });
    expect(buckets.secondsUntilToken('a', 0)).toBe(0);
    expect(taken(buckets, 'a', 0)).toBe(1);
    expect(buckets.secondsUntilToken('a', 500)).toBe(10);
    expect(buckets.take('a', 9_000)).toBe(false);
    // Asking in vain costs nothing: whoever waits as told gets through.
    expect(buckets.take('a', 10_500)).toBe(true);
  });

  it('remembers no more names than it may, the ones touched last', () => {
    const buckets = new TokenBuckets({ perSecond: 0.001, full: 1, maxBuckets: 3 });
    for (const name of ['a', 'b', 'c']) buckets.take(name, 0);
    buckets.take('a', 1);
    for (let at = 0; at < 1_000; at += 1) buckets.take(`attacker ${at % 2}`, 2 + at);
    expect(buckets.count).toBe(3);
    expect(buckets.take('a', 2_000)).toBe(false);
    expect(buckets.take('b', 2_000)).toBe(true);
  });
});
