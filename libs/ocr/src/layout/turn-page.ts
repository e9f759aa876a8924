import type { PageImage, Turn } from '../page';

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
  let target = 0;
  for (let y = 0; y < height; y++) {
    let source = start + y * down;
    for (let x = 0; x < width; x++, source += right) {
      rgb[target++] = page.rgb[source] ?? 0;
      rgb[target++] = page.rgb[source + 1] ?? 0;
      rgb[target++] = page.rgb[source + 2] ?? 0;
    }
  }
  return { width, height, rgb };
}
