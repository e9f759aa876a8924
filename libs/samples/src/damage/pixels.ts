import sharp from 'sharp';
import type { Random } from '../bill/random';
import { homography, cornersOf, type Corners, type Homography } from './geometry';

/** 8-bit RGB, interleaved, row by row. */
export interface Pixels {
  width: number;
  height: number;
  rgb: Uint8Array;
}

export async function rasterise(svg: string): Promise<Pixels> {
  const { data, info } = await sharp(Buffer.from(svg)).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, rgb: data };
}

/** A sharp pipeline that starts from these pixels. */
export function picture({ width, height, rgb }: Pixels): sharp.Sharp {
  return sharp(rgb, { raw: { width, height, channels: 3 } });
}

/** Lays a page with its corners at `corners` onto a background, bilinear; answers where the page's points went. */
export function layOnto(page: Pixels, background: Pixels, corners: Corners): Homography {
  const back = homography(corners, cornersOf(page.width, page.height));
  const [a = 1, b = 0, c = 0, d = 0, e = 1, f = 0, g = 0, h = 0] = back;
  for (let y = 0; y < background.height; y++) {
    for (let x = 0; x < background.width; x++) {
      const depth = g * x + h * y + 1;
      const sourceX = (a * x + b * y + c) / depth;
      const sourceY = (d * x + e * y + f) / depth;
      if (sourceX < 0 || sourceY < 0 || sourceX >= page.width - 1 || sourceY >= page.height - 1) continue;
      sample(page, sourceX, sourceY, background.rgb, (y * background.width + x) * 3);
    }
  }
  return homography(cornersOf(page.width, page.height), corners);
}

function sample(page: Pixels, x: number, y: number, target: Uint8Array, offset: number): void {
  // Both are at least 0 here, so cutting off is rounding down.
  const left = x | 0;
  const top = y | 0;
  const right = x - left;
  const down = y - top;
  const from = (top * page.width + left) * 3;
  const below = from + page.width * 3;
  const { rgb } = page;
  for (let channel = 0; channel < 3; channel++) {
    const upper = (rgb[from + channel] ?? 0) * (1 - right) + (rgb[from + 3 + channel] ?? 0) * right;
    const lower = (rgb[below + channel] ?? 0) * (1 - right) + (rgb[below + 3 + channel] ?? 0) * right;
    target[offset + channel] = upper * (1 - down) + lower * down + 0.5;
  }
}

/** Multiplies each pixel by `light(x, y)` and adds grey noise up to `strength` either way. */
export function relight(pixels: Pixels, random: Random, strength: number, light: (x: number, y: number) => number): void {
  const { width, height, rgb } = pixels;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const factor = light(x, y);
      const noise = (random.next() - random.next()) * strength;
      const offset = (y * width + x) * 3;
      for (let channel = 0; channel < 3; channel++) {
        const value = (rgb[offset + channel] ?? 0) * factor + noise;
        rgb[offset + channel] = value < 0 ? 0 : value > 255 ? 255 : value;
      }
    }
  }
}

/** One colour everywhere. */
export function plain(width: number, height: number, [red, green, blue]: readonly [number, number, number]): Pixels {
  const rgb = new Uint8Array(width * height * 3);
  for (let offset = 0; offset < rgb.length; offset += 3) rgb.set([red, green, blue], offset);
  return { width, height, rgb };
}
