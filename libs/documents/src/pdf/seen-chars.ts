import type { PageImage } from '../page-image';
import type { PlacedChar } from '../text/placed-char';
import type { Drawings } from './drawings';
import type { PageChar } from './page-chars';

/** Of 255: print that differs less than this from what is under it, where it covers the paper, is not read by anybody. */
const CONTRAST = 48;

/** Of 255: somewhere a character must differ from what is under it by this, however thin it is. */
const FAINTEST = 32;

/** The share of a character's ink that must be seen: less, and it may look like another one. */
const SHARE = 0.75;

/** Of 255: marks under a character that differ from their surroundings by this are another sign in its place. Red ones are seals. */
const MARK = 96;

/** The share of a character's box that another sign may take, such as the rule of a table. */
const MARKED = 0.2;

/**
 * Says of each character whether it is seen where it stands: when the page would look different without it, by as much ink as it has. Whatever
 * hides it - a picture or an area drawn later, the colour of the paper, a clip, a layer that is off - is thereby heeded. Characters
 * that draw nothing at all are left out.
 */
export function seenChars(chars: readonly PageChar[], drawings: Drawings): PlacedChar[] {
  const placed: PlacedChar[] = [];
  for (const { text, left, top, width, height, angle, box } of chars) {
    const pixels = pixelsOf(box, drawings.whole);
    const inked = inkedOf(pixels, drawings);
    if (inked.length === 0) continue;
    placed.push({ text, left, top, width, height, angle, isVisible: isSeen(inked, drawings) && !isOverwritten(pixels, drawings.bare) });
  }
  return placed;
}

/** Whether a character draws anything. */
export function drawsInk({ box }: PageChar, drawings: Drawings): boolean {
  return inkedOf(pixelsOf(box, drawings.whole), drawings).length > 0;
}

function inkedOf(pixels: readonly number[], { ink }: Drawings): number[] {
  return pixels.filter((at) => (ink[at] ?? 0) > 0);
}

/** The pixels that a box touches, as far as it is on the page. */
function pixelsOf(box: PageChar['box'], { width, height }: PageImage): number[] {
  const pixels: number[] = [];
  const [left, right] = [Math.max(0, Math.floor(box.left)), Math.min(width, Math.ceil(box.right))];
  const [top, bottom] = [Math.max(0, Math.floor(box.top)), Math.min(height, Math.ceil(box.bottom))];
  for (let y = top; y < bottom; y += 1) for (let x = left; x < right; x += 1) pixels.push(y * width + x);
  return pixels;
}

function isSeen(inked: readonly number[], { whole, bare, ink }: Drawings): boolean {
  let [all, seen, strongest] = [0, 0, 0];
  for (const at of inked) {
    const coverage = ink[at] ?? 0;
    const change = difference(whole.rgb, bare.rgb, at * 3);
    all += coverage;
    strongest = Math.max(strongest, change);
    if (change * 255 >= CONTRAST * coverage) seen += coverage;
  }
  return strongest >= FAINTEST && seen >= SHARE * all;
}

function difference(one: Uint8Array, other: Uint8Array, at: number): number {
  let largest = 0;
  for (let i = at; i < at + 3; i += 1) largest = Math.max(largest, Math.abs((one[i] ?? 0) - (other[i] ?? 0)));
  return largest;
}

/** Only the red of each pixel counts: there the red ink of seals is as light as paper. */
function isOverwritten(pixels: readonly number[], { rgb }: PageImage): boolean {
  const reds = pixels.map((at) => rgb[at * 3] ?? 0);
  const paper = [...reds].sort((a, b) => a - b)[reds.length >> 1] ?? 0;
  return reds.filter((red) => Math.abs(red - paper) >= MARK).length > MARKED * reds.length;
}
