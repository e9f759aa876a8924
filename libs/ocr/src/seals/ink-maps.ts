import type { PageImage } from '../page';

/** How strongly each cell of a reduced page is inked, 0 to 255, and how many page pixels a cell is wide. */
export interface InkMap {
  width: number;
  height: number;
  step: number;
  ink: Float32Array;
}

/** A seal's ring is two cells thick at this many cells along the page's longest side, and the print of a bill has all but gone. */
const LONGEST = 640;

/** Where a cell is sampled, along each side: four samples quieten a scanner's noise for a third of the time that all pixels take. */
const SAMPLES = [0.25, 0.75] as const;

/**
 * The page as its red ink and as its dark ink. A cell is red by as much as red exceeds the other colours, so that black print across a seal is
 * no part of it; it is dark by what is missing in its lightest colour, so that a red seal is hardly part of that one.
 */
export function inkMaps(page: PageImage): { red: InkMap; dark: InkMap } {
  const step = Math.max(1, Math.max(page.width, page.height) / LONGEST);
  const size = { width: Math.max(1, Math.floor(page.width / step)), height: Math.max(1, Math.floor(page.height / step)), step };
  const red = new Float32Array(size.width * size.height);
  const dark = new Float32Array(size.width * size.height);
  for (const offsetY of SAMPLES) for (const offsetX of SAMPLES) addSample(page, size, [offsetX, offsetY], { red, dark });
  return { red: { ...size, ink: red }, dark: { ...size, ink: dark } };
}

function addSample(
  page: PageImage,
  { width, height, step }: Omit<InkMap, 'ink'>,
  [offsetX, offsetY]: readonly [number, number],
  { red, dark }: { red: Float32Array; dark: Float32Array },
): void {
  const { rgb } = page;
  const share = 1 / SAMPLES.length ** 2;
  const columns = Int32Array.from({ length: width }, (_, x) => Math.min(page.width - 1, Math.floor((x + offsetX) * step)) * 3);
  for (let y = 0; y < height; y++) {
    const row = Math.min(page.height - 1, Math.floor((y + offsetY) * step)) * page.width * 3;
    for (let x = 0; x < width; x++) {
      const at = row + (columns[x] as number);
      const ofRed = rgb[at] as number;
      const others = Math.max(rgb[at + 1] as number, rgb[at + 2] as number);
      const cell = y * width + x;
      if (ofRed > others) red[cell] = (red[cell] as number) + (ofRed - others) * share;
      dark[cell] = (dark[cell] as number) + (255 - Math.max(ofRed, others)) * share;
    }
  }
}
