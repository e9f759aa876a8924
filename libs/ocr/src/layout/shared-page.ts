import type { PageImage } from '../page';

/** A page whose pixels every worker reads in place. */
export interface SharedPage extends PageImage {
  rgb: Uint8Array<SharedArrayBuffer>;
}

/** The page with its pixels in shared memory: copied once, unless they are there already. */
export function sharePage(page: PageImage): SharedPage {
  const { width, height, rgb } = page;
  if (rgb.buffer instanceof SharedArrayBuffer) return { width, height, rgb: rgb as Uint8Array<SharedArrayBuffer> };
  const shared = new Uint8Array(new SharedArrayBuffer(rgb.length));
  shared.set(rgb);
  return { width, height, rgb: shared };
}
