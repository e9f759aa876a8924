import type { PageImage, Turn } from '../page';

/** Pixels of a tile's side: both tiles of a turn lie in the cache. */
const TILE = 32;

/** The page turned clockwise, as new pixels in shared memory so that every worker can read them. */
export function turnPage(page: PageImage, turn: Turn): PageImage {
  if (turn === 0) return page;
  const sideways = turn !== 180;
  const width = sideways ? page.height : page.width;
  const height = sideways ? page.width : page.height;
  const rgb = new Uint8Array(new SharedArrayBuffer(width * height * 3));
  const stride = page.width * 3;
  // Source address of the turned page's first pixel, and its steps to the right and down.
  const [start, right, down] = {
    90: [(page.height - 1) * stride, -stride, 3],
    180: [(page.height - 1) * stride + (page.width - 1) * 3, -3, -stride],
    270: [(page.width - 1) * 3, stride, -3],
  }[turn] as [number, number, number];
  // In tiles: a walk down a whole column of the source misses the cache at every pixel.
  for (let tileY = 0; tileY < height; tileY += TILE) {
    for (let tileX = 0; tileX < width; tileX += TILE) {
      const [endY, endX] = [Math.min(height, tileY + TILE), Math.min(width, tileX + TILE)];
      for (let y = tileY; y < endY; y++) {
        let source = start + y * down + tileX * right;
        let target = (y * width + tileX) * 3;
        for (let x = tileX; x < endX; x++, source += right) {
          rgb[target++] = page.rgb[source] ?? 0;
          rgb[target++] = page.rgb[source + 1] ?? 0;
          rgb[target++] = page.rgb[source + 2] ?? 0;
        }
      }
    }
  }
  return { width, height, rgb };
}
