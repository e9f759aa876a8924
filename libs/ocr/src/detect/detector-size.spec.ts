import { detectorSize, roundHalfToEven } from './detector-size';

describe('detectorSize', () => {
  it('rounds halves to even, as the reference does', () => {
    expect([22.5, 23.5, 22.4, 22.6].map(roundHalfToEven)).toEqual([22, 24, 22, 23]);
    expect(detectorSize({ width: 1280, height: 720 }, 1280)).toEqual({ width: 1280, height: 704 });
  });

  it('brings the longest side down and never enlarges unless told', () => {
    expect(detectorSize({ width: 2560, height: 1280 }, 1280)).toEqual({ width: 1280, height: 640 });
    expect(detectorSize({ width: 640, height: 320 }, 1280)).toEqual({ width: 640, height: 320 });
    expect(detectorSize({ width: 640, height: 320 }, 1280, 2)).toEqual({ width: 1280, height: 640 });
  });

  it('gives a narrow strip at least one stride', () => {
    expect(detectorSize({ width: 5000, height: 20 }, 1280)).toEqual({ width: 1280, height: 32 });
  });

  it('bounds the pixels, whatever side is asked for', () => {
    const { width, height } = detectorSize({ width: 9000, height: 9000 }, 9000);
    expect(width * height).toBeLessThanOrEqual(2_000_000 + 32 * (width + height));
  });
});
