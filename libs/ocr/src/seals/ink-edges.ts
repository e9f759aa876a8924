import type { InkMap } from './ink-maps';

/** Where paper turns into ink: places in cells, row by row from the top, and the unit vector that points into the ink. */
export interface InkEdges {
  count: number;
  x: Float32Array;
  y: Float32Array;
  inwardX: Float32Array;
  inwardY: Float32Array;
}

/** Noise of paper and JPEG stays below this step in ink, of 255 a cell. */
const LEAST_STEP = 6;

/** Edges looked at on a page; a bill has 5,000 to 20,000. Of a page that is all texture the clearest are taken. */
const MOST_EDGES = 30_000;

const STEPS = 256;

/** The edges of a map's ink: where it changes faster than at the neighbours up and down its slope. */
export function inkEdges(map: InkMap): InkEdges {
  const slopes = inkSlopes(map);
  const crests = crestsOf(map, slopes);
  const least = leastStep(crests, slopes.step);
  const edges = emptyEdges(crests.length);
  for (const at of crests) {
    const step = slopes.step[at] as number;
    if (step < least) continue;
    edges.x[edges.count] = at % map.width;
    edges.y[edges.count] = Math.floor(at / map.width);
    edges.inwardX[edges.count] = (slopes.x[at] as number) / step;
    edges.inwardY[edges.count] = (slopes.y[at] as number) / step;
    edges.count++;
  }
  return edges;
}

function emptyEdges(room: number): InkEdges {
  const column = () => new Float32Array(room);
  return { count: 0, x: column(), y: column(), inwardX: column(), inwardY: column() };
}

interface Slopes {
  x: Float32Array;
  y: Float32Array;
  step: Float32Array;
}

/** Scharr's filter: of the 3x3 ones its direction is least off. */
function inkSlopes({ width, height, ink }: InkMap): Slopes {
  const slopes = { x: new Float32Array(ink.length), y: new Float32Array(ink.length), step: new Float32Array(ink.length) };
  for (let y = 1; y + 1 < height; y++) {
    for (let i = y * width + 1; i + 1 < (y + 1) * width; i++) {
      const falling = (ink[i + width + 1] as number) - (ink[i - width - 1] as number);
      const rising = (ink[i - width + 1] as number) - (ink[i + width - 1] as number);
      const across = (3 * (falling + rising) + 10 * ((ink[i + 1] as number) - (ink[i - 1] as number))) / 32;
      const down = (3 * (falling - rising) + 10 * ((ink[i + width] as number) - (ink[i - width] as number))) / 32;
      const step = across * across + down * down;
      if (step < LEAST_STEP * LEAST_STEP) continue;
      slopes.x[i] = across;
      slopes.y[i] = down;
      slopes.step[i] = Math.sqrt(step);
    }
  }
  return slopes;
}

function crestsOf({ width }: InkMap, { x, y, step }: Slopes): number[] {
  const crests: number[] = [];
  for (let i = 0; i < step.length; i++) {
    const here = step[i] as number;
    if (here === 0) continue;
    // The neighbour of the eight that lies most nearly up the slope.
    const [across, down] = [x[i] as number, y[i] as number];
    const ahead = towards(across, here) + width * towards(down, here);
    if (here >= (step[i + ahead] as number) && here > (step[i - ahead] as number)) crests.push(i);
  }
  return crests;
}

/** -1, 0 or 1, as the direction rounds. */
function towards(part: number, length: number): number {
  return part > length / 2 ? 1 : part < -length / 2 ? -1 : 0;
}

/** The step from which on there are no more than `MOST_EDGES`. */
function leastStep(crests: readonly number[], step: Float32Array): number {
  if (crests.length <= MOST_EDGES) return LEAST_STEP;
  const counts = new Uint32Array(STEPS);
  for (const at of crests) {
    const bin = Math.min(STEPS - 1, Math.floor(step[at] as number));
    counts[bin] = (counts[bin] as number) + 1;
  }
  let [left, bin] = [MOST_EDGES, STEPS];
  while (bin > 0 && left >= (counts[bin - 1] as number)) left -= counts[--bin] as number;
  return bin;
}
