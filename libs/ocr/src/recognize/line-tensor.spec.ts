import type { PageImage, Quad } from '../page';
import { LINE_HEIGHT, lineTensor, naturalWidth } from './line-tensor';

/** A page whose pixels are computed from their place. */
function pageOf(width: number, height: number, colour: (x: number, y: number) => [number, number, number]): PageImage {
  const rgb = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) rgb.set(colour(x, y), (y * width + x) * 3);
  return { width, height, rgb };
}

const box = (x: number, y: number, width: number, height: number): Quad => [
  [x, y],
  [x + width, y],
  [x + width, y + height],
  [x, y + height],
];

const grey = (value: number) => value / 127.5 - 1;

describe('lineTensor', () => {
  it('pads up to a multiple of 8 with exactly zero', () => {
    const page = pageOf(100, 60, () => [255, 255, 255]);
    const line = lineTensor(page, box(0, 0, 50, 48));
    expect([line.textWidth, line.width]).toEqual([50, 56]);
    for (let row = 0; row < 3 * LINE_HEIGHT; row++) {
      const columns = line.data.subarray(row * 56, (row + 1) * 56);
      expect(columns.subarray(0, 50).every((value) => value === 1)).toBe(true);
      expect(columns.subarray(50).every((value) => value === 0)).toBe(true);
    }
  });

  it('puts blue first and scales to -1..1', () => {
    const line = lineTensor(
      pageOf(20, 60, () => [255, 51, 0]),
      box(0, 0, 16, 48),
    );
    const plane = LINE_HEIGHT * line.width;
    expect([line.data[0], line.data[2 * plane]]).toEqual([-1, 1]);
    expect(line.data[plane]).toBeCloseTo(grey(51), 6);
  });

  it('copies pixels one to one when the line is already 48 high', () => {
    const page = pageOf(64, 80, (x, y) => [x * 3, y * 3, 0]);
    const line = lineTensor(page, box(8, 10, 32, 48));
    const plane = LINE_HEIGHT * line.width;
    expect(line.data[2 * plane + 5 * line.width + 7]).toBeCloseTo(grey((8 + 7) * 3), 5);
    expect(line.data[plane + 5 * line.width + 7]).toBeCloseTo(grey((10 + 5) * 3), 5);
  });

  it('follows a skewed line', () => {
    const angle = (5 * Math.PI) / 180;
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
    const along = (x: number, y: number) => (x - 60) * cos + (y - 40) * sin;
    const page = pageOf(300, 200, (x, y) => (Math.floor(along(x, y) / 24) % 2 === 0 ? [255, 255, 255] : [0, 0, 0]));
    const corner = (u: number, v: number): [number, number] => [60 + u * cos - v * sin, 40 + u * sin + v * cos];
    const line = lineTensor(page, [corner(0, 0), corner(192, 0), corner(192, 48), corner(0, 48)]);
    for (const y of [2, 24, 45]) {
      const row = line.data.subarray(y * line.width, (y + 1) * line.width);
      expect([row[12]! > 0.9, row[36]! < -0.9, row[60]! > 0.9]).toEqual([true, true, true]);
    }
  });

  it('repeats the edge of the page beyond it', () => {
    const line = lineTensor(
      pageOf(40, 40, () => [255, 255, 255]),
      box(-10, -10, 60, 60),
    );
    expect(line.data.every((value) => value === 1)).toBe(true);
  });

  it('reads a page of a single pixel', () => {
    expect(
      lineTensor(
        pageOf(1, 1, () => [255, 255, 255]),
        box(0, 0, 1, 1),
      ).data.every((value) => value === 1),
    ).toBe(true);
  });

  it('squashes what is wider than a model takes', () => {
    const page = pageOf(4000, 10, () => [0, 0, 0]);
    expect(lineTensor(page, box(0, 0, 3900, 9)).width).toBe(3200);
    expect(lineTensor(page, box(0, 0, 3900, 9), 192)).toMatchObject({ textWidth: 192, width: 192 });
  });

  it('pads a short line to a fixed width', () => {
    expect(
      lineTensor(
        pageOf(60, 60, () => [0, 0, 0]),
        box(0, 0, 48, 48),
        192,
      ),
    ).toMatchObject({ textWidth: 48, width: 192 });
  });
});

describe('naturalWidth', () => {
  it('is the width at the height of the input, rounded up', () => {
    expect(naturalWidth(box(5, 5, 101, 24))).toBe(202);
    expect(naturalWidth(box(5, 5, 100, 30))).toBe(160);
  });
});
