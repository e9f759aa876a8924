import type { Quad } from '@app/contracts';
import sharp from 'sharp';
import type { PageImage } from '../page-image';
import { decodeQrCodes } from './qr-decoder';

/** A QR code found on a page: its text, and its corners in pixels of the page, clockwise from the code's own top left. */
export interface PageCode {
  format: string;
  text: string;
  quad: Quad;
}

/** A way of showing the page to the decoder. */
type Rendition = (image: PageImage) => { longSide: number; prepare: (picture: sharp.Sharp) => sharp.Sharp } | null;

/**
 * Tried in turn until a code is found. At 1600 pixels the decoder finds as many codes on receipts as at full size, in a third of the time
 * (30 of 32 in 8 ms against 19 ms); the others are for codes that are small, pale or covered.
 */
const RENDITIONS: readonly Rendition[] = [
  (image) => ({ longSide: Math.min(1600, longSideOf(image)), prepare: (picture) => picture }),
  (image) => (longSideOf(image) > 1600 ? { longSide: Math.min(4000, longSideOf(image)), prepare: (picture) => picture } : null),
  (image) => ({ longSide: Math.min(2400, 2 * longSideOf(image)), prepare: (picture) => picture.greyscale().normalise().median(3) }),
];

/** Finds the QR codes of a page. None is a normal answer; their texts are data, and nothing in them is ever opened. */
export async function readCodes(image: PageImage): Promise<PageCode[]> {
  for (const rendition of RENDITIONS) {
    const chosen = rendition(image);
    const codes = chosen ? await decodeRendition(image, chosen.longSide, chosen.prepare) : [];
    if (codes.length > 0) return codes;
  }
  return [];
}

async function decodeRendition(image: PageImage, longSide: number, prepare: (picture: sharp.Sharp) => sharp.Sharp): Promise<PageCode[]> {
  const scale = longSide / longSideOf(image);
  const picture = sharp(image.rgb, { raw: { width: image.width, height: image.height, channels: 3 } });
  const size = { width: Math.max(1, Math.round(image.width * scale)), height: Math.max(1, Math.round(image.height * scale)) };
  const resized = scale === 1 ? picture : picture.resize({ ...size, fit: 'fill' });
  const { data, info } = await prepare(resized).toColourspace('srgb').ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  const results = await decodeQrCodes(data, info.width, info.height);
  return results.map(({ format, text, position: { topLeft, topRight, bottomRight, bottomLeft } }) => ({
    format,
    text,
    quad: [topLeft, topRight, bottomRight, bottomLeft].map(({ x, y }) => [Math.round(x / scale), Math.round(y / scale)]),
  }));
}

function longSideOf({ width, height }: PageImage): number {
  return Math.max(width, height);
}
