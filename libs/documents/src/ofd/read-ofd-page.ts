import { DocumentError } from '../document.error';
import type { DocumentPage } from '../opened-document';
import type { PageImage } from '../page-image';
import { assembleLines } from '../text/assemble-lines';
import type { PlacedChar } from '../text/placed-char';
import type { Drawn, DrawnImage } from './drawn';
import type { DrawnPage } from './draw-page';
import { findAddedInk } from './find-added-ink';
import { findHidden } from './find-hidden';
import { areaOf, intersection } from './geometry';
import type { ImageSource, Thumbnail } from './image-source';
import type { Paper } from './page-area';
import { pagePictures } from './page-pictures';
import { Surface } from './surface';

/** A picture that takes up this much of the paper is the page. */
const WHOLE_PAGE = 0.6;

/** A picture that takes up this much may show a bill of its own. */
const LARGE = 0.2;

/** Fewer characters than this are a stamp or a page number on a scan. */
const FEWEST_CHARS = 12;

/** A page of print is dark here and there; a tint or a watermark is not. */
const DARK = 0.6;
const LEAST_DARK = 0.002;

/** Makes a page of what was drawn: text where it can be believed, else the picture that is the page. */
export async function readOfdPage(page: DrawnPage, number: number, images: ImageSource): Promise<DocumentPage> {
  const { paper, drawn } = page;
  const thumbnails = await thumbnailsOf(drawn, images, paper);
  const chars = visibleChars(page, thumbnails);
  const placed = drawn.filter((each) => each.kind === 'image');
  const large = placed.filter((image) => shareOf(image, paper) >= LARGE && isPrinted(image, thumbnails));
  const isShown = chars.filter(({ isVisible }) => isVisible).length >= FEWEST_CHARS;
  const scan = largestOf(isShown ? large : placed, paper);
  const image = scan && (await decodedScan(scan, images, chars.length));
  if (image) return { kind: 'picture', number, image };
  // A picture of another bill on the page would be what people look at.
  const believed = large.length > 0 ? chars.map((char) => ({ ...char, isVisible: false })) : chars;
  return {
    kind: 'text',
    number,
    width: paper.width,
    height: paper.height,
    lines: assembleLines(believed),
    pictures: await pagePictures(drawn.filter((each) => each.kind !== 'image' || shareOf(each, paper) < WHOLE_PAGE), images, paper.pixelsPerMm), // prettier-ignore
  };
}

/** The picture that fills the page; null where none does. */
function largestOf(placed: readonly DrawnImage[], paper: Paper): string | null {
  const whole = placed.filter((image) => image.path !== null && shareOf(image, paper) >= WHOLE_PAGE);
  return whole.sort((a, b) => shareOf(b, paper) - shareOf(a, paper))[0]?.path ?? null;
}

/** Where it cannot be decoded, text of the page is something to show a person; without any, the page must not pass for an empty one. */
async function decodedScan(path: string, images: ImageSource, chars: number): Promise<PageImage | null> {
  try {
    return await images.picture(path);
  } catch (error) {
    if (error instanceof DocumentError && chars >= FEWEST_CHARS) return null;
    throw error;
  }
}

function visibleChars(page: DrawnPage, thumbnails: ReadonlyMap<string, Thumbnail>): PlacedChar[] {
  const { paper, drawn } = page;
  const chars = drawn.flatMap((each) => (each.kind === 'text' ? each.chars : []));
  const hidden = findHidden(drawn, new Surface(drawn, thumbnails), paper.bounds, paper.pixelsPerMm);
  const marked = findAddedInk(page, chars, thumbnails);
  return chars.map((char) => (hidden.has(char) || marked.has(char) ? { ...char, isVisible: false } : char));
}

/** Only of pictures that text stands on or under, or that are large. */
async function thumbnailsOf(drawn: readonly Drawn[], images: ImageSource, paper: Paper): Promise<Map<string, Thumbnail>> {
  const thumbnails = new Map<string, Thumbnail>();
  for (const each of drawn) {
    if (each.kind !== 'image' || each.path === null || thumbnails.has(each.path)) continue;
    if (shareOf(each, paper) < LARGE && !touchesText(each, drawn)) continue;
    const thumbnail = await images.thumbnail(each.path);
    if (thumbnail) thumbnails.set(each.path, thumbnail);
  }
  return thumbnails;
}

function touchesText({ bounds }: DrawnImage, drawn: readonly Drawn[]): boolean {
  return drawn.some((each) => each.kind === 'text' && each.chars.some((char) => areaOf(intersection(bounds, roughBounds(char))) > 0));
}

function roughBounds({ left, top, width, height }: PlacedChar): DrawnImage['bounds'] {
  const reach = Math.max(width, height);
  return { left: left - reach, top: top - reach, right: left + reach, bottom: top + reach };
}

function shareOf({ bounds }: DrawnImage, paper: Paper): number {
  return areaOf(bounds) / areaOf(paper.bounds);
}

function isPrinted({ path, alpha }: DrawnImage, thumbnails: ReadonlyMap<string, Thumbnail>): boolean {
  const thumbnail = thumbnails.get(path ?? '');
  if (!thumbnail) return true;
  const dark = thumbnail.luminance.filter((value, i) => value < DARK && (thumbnail.alpha[i] ?? 0) * alpha > 0.5).length;
  return dark > LEAST_DARK * thumbnail.luminance.length;
}
