import type { Ellipse, PageImage } from '../page';
import { onEllipse } from './ellipse';
import { inkOf, type InkColour, type Tone } from './sample-ink';

/** Turns looked at, one degree each. */
export const TURNS = 360;

/** Depths looked at below a ring's outer edge, each a hundredth of half its breadth, down to where a star may begin. */
export const DEPTHS = 55;

/** Depths in which a ring's outermost line lies. */
export const FIRST_LINE = 10;

/** Share of the paper among the pixels of a seal: the most part, and print is darker. */
const LIGHTER_PART = 0.7;

/** The inside of a ring by turn and depth: 0 for paper to 1 for as much ink as the ring has. */
export interface PolarInk {
  /** All depths of the first turn, then all of the second … */
  shares: Float32Array;
  /** The paper's tone, and the ring's ink on it. */
  paper: Tone;
  full: number;
}

/** Looks along the inside of a ring, at the nearest pixel: enough to tell where letters are. */
export function polarInk(page: PageImage, ellipse: Ellipse, colour: InkColour): PolarInk {
  const [reds, greens] = polarTones(page, ellipse);
  const paper: Tone = [quantile(reds, LIGHTER_PART), quantile(greens, LIGHTER_PART)];
  const shares = Float32Array.from(reds, (red, at) => inkOf([red, greens[at] as number], paper, colour));
  const blackest = Array.from({ length: TURNS }, (_, turn) => Math.max(...shares.subarray(turn * DEPTHS, turn * DEPTHS + FIRST_LINE)));
  const full = Math.max(1, blackest.sort((a, b) => a - b)[TURNS / 2] as number);
  for (let at = 0; at < shares.length; at++) shares[at] = Math.min(1, (shares[at] as number) / full);
  return { shares, paper, full };
}

/** Reds and greens; beyond the page it is white. */
function polarTones({ rgb, width, height }: PageImage, ellipse: Ellipse): [Uint8Array, Uint8Array] {
  const reds = new Uint8Array(TURNS * DEPTHS).fill(255);
  const greens = reds.slice();
  const step = ellipse.semiMinor / 100;
  for (let turn = 0; turn < TURNS; turn++) {
    const { point, outward } = onEllipse(ellipse, (turn * 2 * Math.PI) / TURNS);
    for (let depth = 0; depth < DEPTHS; depth++) {
      const x = Math.round(point[0] - outward[0] * depth * step);
      const y = Math.round(point[1] - outward[1] * depth * step);
      if (x < 0 || y < 0 || x >= width || y >= height) continue;
      reds[turn * DEPTHS + depth] = rgb[(y * width + x) * 3] as number;
      greens[turn * DEPTHS + depth] = rgb[(y * width + x) * 3 + 1] as number;
    }
  }
  return [reds, greens];
}

function quantile(values: Uint8Array, share: number): number {
  return values.slice().sort()[Math.floor(share * (values.length - 1))] as number;
}
