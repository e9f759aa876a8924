import { types } from 'node:util';
import type { PageImage } from '../page';
import { OcrPageError } from './page.error';

/** What one page may cost. */
export interface PageLimits {
  /** Width times height; the engine holds three bytes a pixel, once. */
  maxPixels: number;
  /** Milliseconds from `read` to its result, the wait for a worker included. */
  deadlineMs: number;
}

/**
 * 50 million pixels are a 600 dpi scan of A4 with room to spare. Two minutes are 32 waiting pages of a second each on one worker, three times
 * over, and less than `setTimeout` can count.
 */
export const DEFAULT_PAGE_LIMITS: Readonly<PageLimits> = { maxPixels: 50_000_000, deadlineMs: 120_000 };

/** `setTimeout` fires at once for anything longer. */
const LONGEST_DEADLINE_MS = 2_147_483_647;

/** The limits with defaults filled in; throws `RangeError` for one that limits nothing, or everything. */
export function pageLimits({ maxPixels, deadlineMs }: Partial<PageLimits>): PageLimits {
  const limits = { maxPixels: maxPixels ?? DEFAULT_PAGE_LIMITS.maxPixels, deadlineMs: deadlineMs ?? DEFAULT_PAGE_LIMITS.deadlineMs };
  checkLimit('maxPixels', limits.maxPixels, Number.MAX_SAFE_INTEGER);
  checkLimit('deadlineMs', limits.deadlineMs, LONGEST_DEADLINE_MS);
  return limits;
}

function checkLimit(name: keyof PageLimits, value: number, max: number): void {
  if (value > 0 && value <= max) return;
  throw new RangeError(`${name} must be above 0 and at most ${max}, not ${value}`);
}

/** Throws `OcrPageError` for a page that must not reach a worker; nothing of it has been copied by then. */
export function checkPage({ width, height, rgb }: PageImage, maxPixels: number): void {
  const isSide = (side: number) => Number.isInteger(side) && side > 0;
  if (!isSide(width) || !isSide(height)) {
    throw new OcrPageError('sides', `a page's sides must be whole numbers of pixels above 0, not ${width} x ${height}`);
  }
  const pixels = width * height;
  if (pixels > maxPixels) {
    throw new OcrPageError('too-many-pixels', `a page of ${width} x ${height} pixels is more than the limit of ${maxPixels} (maxPixels)`);
  }
  // Asked of the value and not of its class: a buffer made in another realm is no `instanceof`, and callers need not have a compiler.
  if (!types.isUint8Array(rgb)) throw new OcrPageError('buffer', 'the pixels of a page must be a Uint8Array');
  if (rgb.length === pixels * 3) return;
  throw new OcrPageError('buffer', `a page of ${width} x ${height} pixels needs ${pixels * 3} bytes of RGB, not ${rgb.length}`);
}
