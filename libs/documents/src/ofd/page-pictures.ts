import type { PagePicture } from '../opened-document';
import type { Drawn, DrawnImage } from './drawn';
import { drawnCodes } from './drawn-codes';
import { areaOf } from './geometry';
import { type ImageSource, unlessUndecodable } from './image-source';
import { MAX_PICTURE_PIXELS, MAX_PICTURES } from './ofd-limits';

/** A code is nearly square; with its caption it is no more than this many times higher or wider. */
const MOST_OBLONG = 2;

/** Millimetres of the shorter side of the smallest code. */
const SMALLEST = 6;

/** The pictures of a page that a code may be in, the squarest first: placed ones, and those it draws square by square. */
export async function pagePictures(drawn: readonly Drawn[], images: ImageSource, pixelsPerMm: number): Promise<PagePicture[]> {
  const candidates = drawn.filter((each) => each.kind === 'image').filter((image) => mayHoldCode(image, pixelsPerMm));
  const paths = new Set(candidates.sort((a, b) => oblong(a) - oblong(b)).map(({ path }) => path ?? ''));
  const pictures: PagePicture[] = (await drawnCodes(drawn, pixelsPerMm)).map((image) => ({ image }));
  for (const path of paths) {
    if (pictures.length >= MAX_PICTURES) break;
    const image = await unlessUndecodable(() => images.picture(path));
    if (image && image.width * image.height <= MAX_PICTURE_PIXELS) pictures.push({ image });
  }
  return pictures;
}

function mayHoldCode(image: DrawnImage, pixelsPerMm: number): boolean {
  const { left, top, right, bottom } = image.bounds;
  const isLarge = Math.min(right - left, bottom - top) >= SMALLEST * pixelsPerMm;
  return image.path !== null && areaOf(image.bounds) > 0 && isLarge && oblong(image) <= MOST_OBLONG;
}

function oblong({ bounds: { left, top, right, bottom } }: DrawnImage): number {
  const [across, down] = [right - left, bottom - top];
  return Math.max(across, down) / Math.min(across, down);
}
