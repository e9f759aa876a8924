import { quadHeight, quadWidth } from '../layout/quad';
import { rectangleScore } from './rectangle-score';
import { boundingRectangle } from './rectangle';
import { skewOf, textBoxes, toPage, type BoxRules } from './text-boxes';

const RULES: BoxRules = { threshold: 0.3, boxThreshold: 0.5, unclipRatio: 1.5 };
const SIZE = { width: 640, height: 480 };

class ProbabilityMap {
  readonly pixels = new Float32Array(SIZE.width * SIZE.height);

  /** Paints a bar that starts at (x, y) and runs along `angle` (radians). */
  bar(x: number, y: number, width: number, height: number, { probability = 0.9, angle = 0 } = {}): this {
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
    for (let v = 0; v < height; v += 0.5) {
      for (let u = 0; u < width; u += 0.5) {
        this.pixels[Math.floor(y + u * sin + v * cos) * SIZE.width + Math.floor(x + u * cos - v * sin)] = probability;
      }
    }
    return this;
  }

  boxes() {
    return textBoxes(this.pixels, SIZE, RULES);
  }
}

describe('textBoxes', () => {
  it('gives one grown box a blob', () => {
    const [box, ...others] = new ProbabilityMap().bar(100, 100, 200, 12).boxes();
    expect(others).toEqual([]);
    expect(box!.width).toBeGreaterThan(210);
    expect(box!.height).toBeGreaterThan(24);
  });

  it('keeps neighbouring columns apart', () => {
    expect(new ProbabilityMap().bar(100, 100, 80, 12).bar(200, 100, 80, 12).boxes()).toHaveLength(2);
  });

  it('follows skewed text', () => {
    const angle = (4 * Math.PI) / 180;
    const [box] = new ProbabilityMap().bar(100, 100, 300, 12, { angle }).boxes();
    expect(Math.atan2(box!.directionY, box!.directionX)).toBeCloseTo(angle, 1);
    expect(box!.height).toBeLessThan(32);
  });

  it('keeps the title of a page with thousands of specks', () => {
    const map = new ProbabilityMap().bar(200, 20, 240, 20);
    for (let y = 60; y < 470; y += 7) for (let x = 5; x < 630; x += 9) map.bar(x, y, 2, 2);
    expect(map.boxes()).toHaveLength(1);
  });

  it('drops what the detector is not sure of', () => {
    expect(new ProbabilityMap().bar(100, 100, 200, 12, { probability: 0.4 }).boxes()).toEqual([]);
  });

  it('lays the box of a single character along the lines of the page', () => {
    const angle = (4 * Math.PI) / 180;
    const map = new ProbabilityMap().bar(50, 60, 400, 12, { angle }).bar(50, 120, 400, 12, { angle });
    const diamond = (3 * Math.PI) / 4;
    const boxes = map.bar(320, 300, 14, 14, { angle: diamond }).boxes();
    expect(boxes).toHaveLength(3);
    for (const box of boxes) expect(Math.atan2(box.directionY, box.directionX)).toBeCloseTo(angle, 1);
  });

  it('finds nothing on an empty map', () => {
    expect(new ProbabilityMap().boxes()).toEqual([]);
  });
});

describe('skewOf', () => {
  it('is that of most text, and none without long lines', () => {
    const along = (angle: number, length: number) =>
      boundingRectangle(
        [
          [0, 0],
          [length * Math.cos(angle), length * Math.sin(angle)],
        ],
        angle,
      );
    expect(skewOf([along(0.05, 300), along(0.05, 200), along(-0.4, 100)])).toBeCloseTo(0.05, 6);
    expect(skewOf([])).toBe(0);
  });
});

describe('rectangleScore', () => {
  it('is the mean inside the rectangle, its border included', () => {
    const { pixels } = new ProbabilityMap().bar(10, 10, 10, 5, { probability: 0.8 });
    const inside = boundingRectangle(
      [
        [10, 10],
        [19, 10],
        [19, 14],
        [10, 14],
      ],
      0,
    );
    expect(rectangleScore(pixels, SIZE, inside)).toBeCloseTo(0.8, 5);
    const doubled = boundingRectangle(
      [
        [10, 10],
        [29, 10],
        [29, 14],
        [10, 14],
      ],
      0,
    );
    expect(rectangleScore(pixels, SIZE, doubled)).toBeCloseTo(0.4, 5);
  });

  it('looks only at what lies on the map', () => {
    const { pixels } = new ProbabilityMap().bar(0, 0, 20, 5, { probability: 0.8 });
    expect(
      rectangleScore(
        pixels,
        SIZE,
        boundingRectangle(
          [
            [-10, -5],
            [9, 4],
          ],
          0,
        ),
      ),
    ).toBeCloseTo(0.8, 5);
  });
});

describe('toPage', () => {
  it('maps to the pixels of a page whose sides are no multiple of the map', () => {
    const quad = toPage(
      boundingRectangle(
        [
          [0, 0],
          [639, 479],
        ],
        0,
      ),
      SIZE,
      { width: 2481, height: 1755 },
    );
    const [scaleX, scaleY] = [2481 / 640, 1755 / 480];
    expect(quad[0]).toEqual([0.5 * scaleX - 0.5, 0.5 * scaleY - 0.5]);
    expect(quadWidth(quad)).toBeCloseTo(639 * scaleX, 6);
    expect(quadHeight(quad)).toBeCloseTo(479 * scaleY, 6);
  });
});
