import { detectorSize } from '../detect/detector-size';
import { fitBucket, shapeBuckets } from './shape-buckets';

describe('shapeBuckets', () => {
  it.each(['det', 'rec', 'cls'] as const)('are few for %s, and none twice', (role) => {
    const names = shapeBuckets(role).map(({ height, width }) => `${height}x${width}`);
    expect(names.length).toBeLessThanOrEqual(18);
    expect(new Set(names).size).toBe(names.length);
  });

  it('hold every input the detector is given', () => {
    for (const [longSide, maxScale] of [
      [960, 1],
      [1920, 2],
    ] as const) {
      for (let aspect = 0.01; aspect <= 100; aspect *= 1.03) {
        const page = { width: Math.ceil(3000 * Math.max(1, aspect)), height: Math.ceil(3000 / Math.min(1, aspect)) };
        const size = detectorSize(page, longSide, maxScale);
        expect([size, fitBucket(shapeBuckets('det'), size)]).not.toContain(undefined);
      }
    }
  });

  it('keep the detector to sides it can halve five times', () => {
    for (const { height, width } of shapeBuckets('det')) expect([height % 32, width % 32]).toEqual([0, 0]);
  });

  it('waste at most 36 % of a line from 104 columns on', () => {
    for (let width = 104; width <= 3200; width += 8) {
      const bucket = fitBucket(shapeBuckets('rec'), { height: 48, width });
      expect(bucket!.width % 8).toBe(0);
      expect([width, 1 - width / bucket!.width <= 0.36]).toEqual([width, true]);
    }
  });
});

describe('fitBucket', () => {
  const buckets = [
    { height: 10, width: 40 },
    { height: 20, width: 20 },
    { height: 40, width: 40 },
  ];

  it('takes the smallest that holds the input, which may fill it', () => {
    expect(fitBucket(buckets, { height: 10, width: 20 })).toBe(buckets[0]);
    expect(fitBucket(buckets, { height: 11, width: 20 })).toBe(buckets[1]);
    expect(fitBucket(buckets, { height: 40, width: 40 })).toBe(buckets[2]);
    expect(fitBucket([...buckets].reverse(), { height: 11, width: 20 })).toBe(buckets[1]);
  });

  it('says when an input fits into none', () => {
    expect(fitBucket(buckets, { height: 41, width: 1 })).toBeUndefined();
    expect(fitBucket([], { height: 1, width: 1 })).toBeUndefined();
  });
});
