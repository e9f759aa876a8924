import type { Quad } from '@app/contracts';
import type { PageImage } from '../page-image';
import type { Plane, Region } from './plane';
import { planeOfPage, type Channel, type PlaceOnPage } from './plane-of-page';
import type { DecodedPlane } from './qr-decoder';

/** A QR code found on a page: its text, and its corners in pixels of the page, clockwise from the code's own top left. */
export interface PageCode {
  format: string;
  text: string;
  quad: Quad;
}

/** Decodes a plane, elsewhere: the plane is given away. */
export type PlaneDecoder = (plane: Plane) => Promise<DecodedPlane>;

/** One way of looking at a picture. */
interface Look {
  channel: Channel;
  maxPixels: number;
}

/**
 * Whole pages are looked at in green first, which shows black, blue and red codes alike. A photograph of 13 million pixels is taken as it is:
 * that finds more codes than reducing it (124 of 150 against 107 at 2500 pixels a side), and costs no more. In red a code is seen that a seal
 * lies on; half of the pixels each way are enough for that.
 */
const PAGE_LOOKS: readonly Look[] = [
  { channel: 'green', maxPixels: 13_100_000 },
  { channel: 'red', maxPixels: 3_600_000 },
];

/**
 * Where a code was seen but not decoded: in luminance a seal is neither as dark as in green nor as much lighter than what it covers as in red
 * (of 18 such codes 15 are then decoded, 6 in red and 5 in green). A code of 1000 pixels a side can do with fewer.
 */
const REGION_LOOKS: readonly Look[] = [
  { channel: 'luminance', maxPixels: 1_000_000 },
  { channel: 'red', maxPixels: 1_000_000 },
];

/** A look takes 18 ms of a core in luminance; a page with more codes than this that cannot be decoded is no page of bills. */
const MAX_REGIONS = 4;

/** Less is print: the smallest code that was decoded, of 33 modules, has 56 pixels a side. */
const MIN_REGION_SIDE = 30;

/** A code's quiet zone is four modules of at least 21; where the finder patterns stand is a guess. */
const MARGIN = 0.35;

/** Finds the QR codes of a page. None is a normal answer; their texts are data, and nothing in them is ever opened. */
export async function readCodes(image: PageImage, decode: PlaneDecoder): Promise<PageCode[]> {
  for (const { channel, maxPixels } of PAGE_LOOKS) {
    const codes = await lookAtPage(image, await planeOfPage(image, channel, maxPixels), decode);
    if (codes.length > 0) return codes;
  }
  return [];
}

async function lookAtPage(image: PageImage, page: PlaceOnPage, decode: PlaneDecoder): Promise<PageCode[]> {
  const { codes, undecoded } = await look(page, decode);
  const regions = undecoded.map((quad) => regionAround(quad, image)).filter((region) => region !== undefined);
  for (const region of regions.slice(0, MAX_REGIONS)) {
    const found = await lookAtRegion(image, region, decode);
    codes.push(...found.filter((code) => !codes.some((known) => isSame(known, code))));
  }
  return codes;
}

async function lookAtRegion(image: PageImage, region: Region, decode: PlaneDecoder): Promise<PageCode[]> {
  for (const { channel, maxPixels } of REGION_LOOKS) {
    const { codes } = await look(await planeOfPage(image, channel, maxPixels, region), decode);
    if (codes.length > 0) return codes;
  }
  return [];
}

async function look({ plane, scale, left, top }: PlaceOnPage, decode: PlaneDecoder): Promise<{ codes: PageCode[]; undecoded: Quad[] }> {
  const onPage = (quad: Quad): Quad => quad.map(([x = 0, y = 0]) => [Math.round(x / scale + left), Math.round(y / scale + top)]);
  const { codes, undecoded } = await decode(plane);
  return {
    codes: codes.map(({ text, quad }) => ({ format: 'QRCode', text, quad: onPage(quad) })),
    undecoded: undecoded.map(onPage),
  };
}

/** The page around a code that was not decoded; none when its corners are off the page or hardly apart. */
function regionAround(quad: Quad, { width, height }: PageImage): Region | undefined {
  const xs = quad.map(([x = 0]) => x);
  const ys = quad.map(([, y = 0]) => y);
  const side = Math.max(Math.max(...xs) - Math.min(...xs), Math.max(...ys) - Math.min(...ys));
  const margin = Math.round(MARGIN * side);
  const left = Math.max(0, Math.min(...xs) - margin);
  const top = Math.max(0, Math.min(...ys) - margin);
  const region = {
    left,
    top,
    width: Math.min(width, Math.max(...xs) + margin) - left,
    height: Math.min(height, Math.max(...ys) + margin) - top,
  };
  return Math.min(region.width, region.height) >= MIN_REGION_SIDE ? region : undefined;
}

/** Two regions can show the same code. */
function isSame(a: PageCode, b: PageCode): boolean {
  const [[ax = 0, ay = 0] = [], , [cx = 0, cy = 0] = []] = a.quad;
  const [[bx = 0, by = 0] = []] = b.quad;
  return a.text === b.text && Math.hypot(ax - bx, ay - by) < Math.hypot(ax - cx, ay - cy) / 2;
}
