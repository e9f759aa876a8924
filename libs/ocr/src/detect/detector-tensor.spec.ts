import type { PageImage } from '../page';
import { detectorTensor } from './detector-tensor';

const PLAIN = { mean: [0, 0, 0], deviation: [1, 1, 1] } as const;

function page(width: number, height: number, colour: (x: number, y: number) => number[]): PageImage {
  const rgb = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) rgb.set(colour(x, y), (y * width + x) * 3);
  return { width, height, rgb };
}

describe('detectorTensor', () => {
  it('puts blue first and normalises by the place in the tensor', () => {
    const tensor = detectorTensor(
      page(32, 32, () => [255, 102, 51]),
      { width: 32, height: 32 },
      { mean: [0.1, 0.2, 0.5], deviation: [0.5, 0.25, 0.125] },
    );
    expect(tensor[0]).toBeCloseTo((0.2 - 0.1) / 0.5, 5);
    expect(tensor[1024]).toBeCloseTo((0.4 - 0.2) / 0.25, 5);
    expect(tensor[2048]).toBeCloseTo((1 - 0.5) / 0.125, 5);
  });

  it('samples at pixel centres when enlarging', () => {
    const tensor = detectorTensor(
      page(4, 3, (x) => [x * 60, 0, 0]),
      { width: 8, height: 3 },
      PLAIN,
    );
    [0, 15, 45, 75, 105, 135, 165, 180].forEach((value, x) => expect(tensor[48 + x]).toBeCloseTo(value / 255, 5));
  });

  it('skips no stroke however far it shrinks', () => {
    const stroke = page(640, 64, (x) => (x === 321 ? [0, 0, 0] : [255, 255, 255]));
    const tensor = detectorTensor(stroke, { width: 64, height: 32 }, PLAIN);
    expect(Math.min(...tensor.subarray(0, 64))).toBeLessThan(0.95);
  });

  it('keeps an even surface even', () => {
    const tensor = detectorTensor(
      page(101, 77, () => [100, 100, 100]),
      { width: 64, height: 32 },
      PLAIN,
    );
    expect(tensor.every((value) => Math.abs(value - 100 / 255) < 1e-5)).toBe(true);
  });
});
