import type { PageImage } from '../page';
import { fadedBand, sealBands } from './seal-bands';

const SEAL = [225, 60, 55] as const;
const BLACK = [20, 20, 20] as const;

class Page {
  readonly image: PageImage;

  constructor(width = 1280, height = 900) {
    this.image = { width, height, rgb: new Uint8Array(width * height * 3).fill(250) };
  }

  private paint(x: number, y: number, colour: readonly number[]): void {
    this.image.rgb.set(colour, (y * this.image.width + x) * 3);
  }

  bar(x: number, y: number, width: number, height: number, colour: readonly number[]): this {
    for (let v = y; v < y + height; v++) for (let u = x; u < x + width; u++) this.paint(u, v, colour);
    return this;
  }

  ring(x: number, y: number, radius: number, thickness: number, colour: readonly number[] = SEAL): this {
    for (let v = -radius; v <= radius; v++) {
      for (let u = -radius; u <= radius; u++) {
        const distance = Math.hypot(u, v);
        if (distance <= radius && distance > radius - thickness) this.paint(x + u, y + v, colour);
      }
    }
    return this;
  }
}

describe('sealBands', () => {
  it('finds the rows of a seal, with some room', () => {
    const [band, ...others] = sealBands(new Page().ring(400, 600, 90, 8).image);
    expect(others).toEqual([]);
    expect([band!.top < 510, band!.top > 450, band!.bottom > 690, band!.bottom < 750]).toEqual([true, true, true, true]);
  });

  it('sees a seal apart from the red rules that run through it', () => {
    const page = new Page().ring(400, 600, 90, 8);
    for (const y of [200, 400, 580, 640]) page.bar(40, y, 1200, 2, SEAL);
    expect(sealBands(page.image)).toHaveLength(1);
  });

  it('joins seals that share rows and keeps others apart', () => {
    expect(sealBands(new Page().ring(300, 600, 80, 8).ring(700, 640, 80, 8).image)).toHaveLength(1);
    expect(sealBands(new Page().ring(300, 120, 80, 8).ring(700, 700, 80, 8).image)).toHaveLength(2);
  });

  it('takes neither red print nor a black seal nor an empty page for one', () => {
    expect(sealBands(new Page().bar(100, 100, 500, 30, SEAL).image)).toEqual([]);
    expect(sealBands(new Page().ring(400, 600, 90, 8, BLACK).image)).toEqual([]);
    expect(sealBands(new Page().image)).toEqual([]);
  });

  it('stays on the page', () => {
    const [band] = sealBands(new Page().ring(400, 95, 90, 8).ring(400, 800, 90, 8).image);
    expect(band!.top).toBe(0);
    expect(sealBands(new Page(1280, 300).ring(400, 200, 95, 8).image)[0]!.bottom).toBe(300);
  });
});

describe('fadedBand', () => {
  it('is a copy of its rows in which red has become light and black stayed', () => {
    const { image } = new Page(200, 100).bar(0, 40, 200, 10, SEAL).bar(0, 50, 200, 10, BLACK);
    const before = image.rgb.slice();
    const band = fadedBand(image, { top: 40, bottom: 60 });
    expect([band.width, band.height]).toEqual([200, 20]);
    expect(Array.from(band.rgb.subarray(0, 3))).toEqual([225, 225, 225]);
    expect(Array.from(band.rgb.subarray(15 * 600, 15 * 600 + 3))).toEqual([...BLACK]);
    expect(image.rgb).toEqual(before);
  });
});
