import { setImmediate } from 'node:timers/promises';
import type { PageImage } from '../page';
import { sharePage, type SharedPage } from './shared-page';

/** Copied without a pause: fresh memory takes half a millisecond a megabyte, and a photograph of 13 megapixels has 39. */
const PIECE_BYTES = 2_000_000;

/**
 * Shared memory for pages, used again: the runtime does not count shared memory as garbage that presses, so that 40 pages left 180 MB
 * behind before any of it was collected.
 */
export class PageMemory {
  private readonly spare: SharedArrayBuffer[] = [];
  private readonly lent = new WeakSet<SharedArrayBuffer>();

  /** At most `limit` buffers are kept for pages to come. */
  constructor(private readonly limit: number) {}

  /** The page with its pixels in shared memory: copied once, piece by piece so that the thread goes on serving, unless they are there already. */
  async share(page: PageImage): Promise<SharedPage> {
    const { width, height, rgb } = page;
    if (rgb.buffer instanceof SharedArrayBuffer) return sharePage(page);
    const at = this.spare.findIndex((buffer) => buffer.byteLength >= rgb.length);
    const [buffer = new SharedArrayBuffer(rgb.length)] = at < 0 ? [] : this.spare.splice(at, 1);
    const shared = new Uint8Array(buffer, 0, rgb.length);
    for (let at = 0; at < rgb.length; at += PIECE_BYTES) {
      if (at > 0) await setImmediate();
      shared.set(rgb.subarray(at, at + PIECE_BYTES), at);
    }
    this.lent.add(buffer);
    return { width, height, rgb: shared };
  }

  /** Takes back what it gave, once nobody reads the page any more; memory of the caller's own stays the caller's. */
  release({ rgb }: SharedPage): void {
    if (this.lent.delete(rgb.buffer)) this.keep(rgb.buffer);
  }

  /** Takes memory that a worker made, such as that of a turned page, once nobody reads it any more. */
  adopt({ rgb }: SharedPage): void {
    this.keep(rgb.buffer);
  }

  /** The largest are kept: they fit most pages. */
  private keep(buffer: SharedArrayBuffer): void {
    this.spare.push(buffer);
    this.spare.sort((a, b) => a.byteLength - b.byteLength);
    if (this.spare.length > this.limit) this.spare.shift();
  }
}
