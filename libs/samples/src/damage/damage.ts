import type sharp from 'sharp';
import { Random } from '../bill/random';
import { apply, cornersOf, homography, type Corners, type Homography, type Point } from './geometry';
import { layOnto, picture, plain, relight, type Pixels } from './pixels';

/** What happened to a page on its way in: nothing, a flat-bed scanner, a telephone's camera, or a shrunken copy. */
export const DAMAGES = ['clean', 'scan', 'photo', 'low-resolution'] as const;
export type Damage = (typeof DAMAGES)[number];

export interface Damaged {
  image: sharp.Sharp;
  width: number;
  height: number;
  /** JPEG quality such a device writes. */
  quality: number;
  /** Where a point of the clean page went. */
  mapping: Homography;
}

const LOW_RESOLUTION_WIDTH = 620;

/** Does to a clean page what the device does; the seed decides turn, light and noise. */
export function damage(page: Pixels, kind: Damage, seed: number): Damaged {
  const random = new Random(seed ^ 0x5eed);
  switch (kind) {
    case 'clean':
      return finish(page, 92, cornersOf(page.width, page.height), page);
    case 'scan':
      return scan(page, random);
    case 'photo':
      return photo(page, random);
    case 'low-resolution':
      return shrink(page);
  }
}

function finish(pixels: Pixels, quality: number, corners: Corners, page: Pixels): Damaged {
  const mapping = homography(cornersOf(page.width, page.height), corners);
  return { image: picture(pixels), width: pixels.width, height: pixels.height, quality, mapping };
}

function scan(page: Pixels, random: Random): Damaged {
  const turn = (random.between(0.25, 0.9) * (random.next() < 0.5 ? -1 : 1) * Math.PI) / 180;
  const paper = plain(page.width, page.height, [250, 250, 248]);
  const corners = turned(page, turn);
  layOnto(page, paper, corners);
  relight(paper, random, 9, () => 1);
  const done = finish(paper, 82, corners, page);
  return { ...done, image: done.image.blur(0.5) };
}

/** The page's corners after a turn about its centre. */
function turned({ width, height }: Pixels, radians: number): Corners {
  const [sine, cosine] = [Math.sin(radians), Math.cos(radians)];
  const turn = ([x, y]: Point): Point => {
    const [fromX, fromY] = [x - width / 2, y - height / 2];
    return [width / 2 + fromX * cosine - fromY * sine, height / 2 + fromX * sine + fromY * cosine];
  };
  const [a, b, c, d] = cornersOf(width, height);
  return [turn(a), turn(b), turn(c), turn(d)];
}

function photo(page: Pixels, random: Random): Damaged {
  const [width, height] = [Math.round(page.width * 1.14), Math.round(page.height * 1.22)];
  const desk = plain(width, height, [116, 96, 78]);
  const [left, top] = [(width - page.width) / 2, (height - page.height) / 2];
  const off = (): number => random.between(-0.022, 0.022) * page.width;
  const moved = ([x, y]: Point): Point => [x + left + off(), y + top + off()];
  const [a, b, c, d] = cornersOf(page.width, page.height);
  const corners: Corners = [moved(a), moved(b), moved(c), moved(d)];
  layOnto(page, desk, corners);
  relight(desk, random, 14, shadow(random, width, height));
  const done = finish(desk, 84, corners, page);
  return { ...done, image: done.image.blur(0.7) };
}

/** Light that falls off across the page, with the soft edge of a hand's shadow. */
function shadow(random: Random, width: number, height: number): (x: number, y: number) => number {
  const direction = random.between(0, 2 * Math.PI);
  const [across, down] = [Math.cos(direction) / width, Math.sin(direction) / height];
  const edge = random.between(0.1, 0.3);
  const { exp } = Math;
  return (x, y) => {
    const along = (x - width / 2) * across + (y - height / 2) * down;
    const inShadow = 1 / (1 + exp((edge - along) * 40));
    return 0.95 + along * 0.12 - inShadow * 0.2;
  };
}

function shrink(page: Pixels): Damaged {
  const scale = LOW_RESOLUTION_WIDTH / page.width;
  const height = Math.round(page.height * scale);
  const image = picture(page).resize(LOW_RESOLUTION_WIDTH, height, { kernel: 'linear' });
  const mapping = homography(cornersOf(page.width, page.height), cornersOf(LOW_RESOLUTION_WIDTH, height));
  return { image, width: LOW_RESOLUTION_WIDTH, height, quality: 48, mapping };
}

/** The four corners of an upright box after the damage. */
export function mapBox(
  mapping: Homography,
  box: { x: number; y: number; width: number; height: number },
  scale: number,
): [number, number][] {
  const [left, top, right, bottom] = [box.x, box.y, box.x + box.width, box.y + box.height].map((value) => value * scale) as [
    number,
    number,
    number,
    number,
  ];
  const corners: Point[] = [
    [left, top],
    [right, top],
    [right, bottom],
    [left, bottom],
  ];
  return corners.map((corner) => apply(mapping, corner)).map(([x, y]) => [x, y]);
}
