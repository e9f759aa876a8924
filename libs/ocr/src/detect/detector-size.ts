/** Width and height in pixels. */
export interface Size {
  width: number;
  height: number;
}

/** The detector halves its input five times. */
const STRIDE = 32;

/** Pixels a detector input may have: its activations take 370 MiB for 1.7 million. */
const MAX_PIXELS = 2_000_000;

/**
 * Detector input for a page whose longest side is to become `longSide`: both sides rounded to the stride, halves to even as in the
 * reference (720 becomes 704; `Math.round` would give 736). `maxScale` bounds enlarging.
 */
export function detectorSize(page: Size, longSide: number, maxScale = 1): Size {
  const wanted = Math.min(maxScale, longSide / Math.max(page.width, page.height));
  const allowed = Math.sqrt(MAX_PIXELS / (page.width * page.height));
  const scale = Math.min(wanted, allowed);
  return { width: toStride(page.width * scale), height: toStride(page.height * scale) };
}

function toStride(side: number): number {
  return Math.max(STRIDE, roundHalfToEven(Math.floor(side) / STRIDE) * STRIDE);
}

/** Rounds as the reference does: 22.5 becomes 22, 23.5 becomes 24. */
export function roundHalfToEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  if (rest !== 0.5) return Math.round(value);
  return floor % 2 === 0 ? floor : floor + 1;
}
