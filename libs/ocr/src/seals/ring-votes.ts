import type { Ellipse } from '../page';
import type { InkEdges } from './ink-edges';

/** An upright ellipse that many edges may belong to, with the share of directions that voted for it. */
export interface RingGuess {
  ellipse: Ellipse;
  share: number;
}

/** Breadth by height of the rings looked for, each good for a tenth more or less: a circle, as it is and at a slant, and the ovals in use (40x30, 45x30 mm). */
const ASPECTS = [1, 0.83, 1.22, 1.5] as const;

/** Rings of one size: half their breadth in cells. */
interface Octave {
  from: number;
  to: number;
  /** Votes fall into squares of so many cells, in proportion to the ring: its edges' directions are off by the same angle. */
  square: number;
  /** Every so many-th edge votes: a large ring has hundreds. */
  every: number;
}

const OCTAVES: readonly Octave[] = [
  { from: 12, to: 24, square: 2, every: 1 },
  { from: 24, to: 48, square: 3, every: 2 },
  { from: 48, to: 116, square: 5, every: 3 },
];

/** Directions told apart, one bit each. */
const DIRECTIONS = 32;

/** Share of directions from which a ring is worth a closer look. */
const WORTH_A_LOOK = 0.55;

/** Directions that the likeliest square has by itself. */
const ALONE = 4;

/** Fewer edges than half of the smallest ring has make none. */
const LEAST_EDGES = 40;

/** The places where rings may be, likeliest first: every edge votes for the centres at all distances along its inward direction. */
export function guessRings(edges: InkEdges, size: { width: number; height: number }): RingGuess[] {
  if (edges.count < LEAST_EDGES) return [];
  return ASPECTS.flatMap((aspect) => {
    const rays = raysOf(edges, aspect);
    return OCTAVES.flatMap((octave) => votesOf(rays, size, aspect, octave));
  }).sort((a, b) => b.share - a.share);
}

/** Edges in a space whose y axis is stretched so that ellipses of one aspect are circles there, with the bit of their direction. */
interface Rays {
  count: number;
  x: Float32Array;
  y: Float32Array;
  stepX: Float32Array;
  stepY: Float32Array;
  bits: Uint32Array;
}

function raysOf(edges: InkEdges, aspect: number): Rays {
  const { count } = edges;
  const column = () => new Float32Array(count);
  const rays = { count, x: edges.x, y: column(), stepX: column(), stepY: column(), bits: new Uint32Array(count) };
  for (let i = 0; i < count; i++) {
    const inwardX = edges.inwardX[i] as number;
    const inwardY = (edges.inwardY[i] as number) / aspect;
    const length = Math.sqrt(inwardX * inwardX + inwardY * inwardY);
    rays.y[i] = (edges.y[i] as number) * aspect;
    rays.stepX[i] = inwardX / length;
    rays.stepY[i] = inwardY / length;
    rays.bits[i] = 1 << (((Math.atan2(inwardY, inwardX) / (2 * Math.PI) + 1) * DIRECTIONS) % DIRECTIONS);
  }
  return rays;
}

interface Space {
  columns: number;
  rows: number;
  radii: number;
  masks: Uint32Array;
}

function votesOf(rays: Rays, { width, height }: { width: number; height: number }, aspect: number, octave: Octave): RingGuess[] {
  const columns = Math.ceil(width / octave.square);
  const rows = Math.ceil((height * aspect) / octave.square);
  const radii = Math.ceil((octave.to - octave.from) / octave.square);
  const space = { columns, rows, radii, masks: new Uint32Array(columns * rows * radii) };
  for (let i = 0; i < rays.count; i += octave.every) castVotes(rays, i, octave, space);
  return peaksOf(space, aspect, octave);
}

function castVotes(rays: Rays, i: number, { from, square }: Octave, { columns, rows, radii, masks }: Space): void {
  const [stepX, stepY, bit] = [rays.stepX[i] as number, rays.stepY[i] as number, rays.bits[i] as number];
  let x = (rays.x[i] as number) / square + stepX * (from / square + 0.5);
  let y = (rays.y[i] as number) / square + stepY * (from / square + 0.5);
  for (let radius = 0; radius < radii; radius++, x += stepX, y += stepY) {
    if (x < 0 || y < 0 || x >= columns || y >= rows) break;
    const at = (radius * rows + (y | 0)) * columns + (x | 0);
    masks[at] = (masks[at] as number) | bit;
  }
}

/** Two by two by two squares are taken together, since a ring's votes rarely fall into one. */
function peaksOf({ columns, rows, radii, masks }: Space, aspect: number, { from, square }: Octave): RingGuess[] {
  const peaks: RingGuess[] = [];
  const layer = columns * rows;
  for (let at = 0; at < layer * (radii - 1); at++) {
    // Most squares are empty or nearly so; the ring's own one never is.
    const own = masks[at] as number;
    if (own === 0 || bitCount(own) < ALONE) continue;
    const share = bitCount(fourOf(masks, at, columns) | fourOf(masks, at + layer, columns)) / DIRECTIONS;
    if (share < WORTH_A_LOOK) continue;
    const [x, y] = [at % columns, Math.floor(at / columns) % rows];
    const across = from + (Math.floor(at / layer) + 1) * square;
    peaks.push({ ellipse: upright((x + 1) * square, ((y + 1) * square) / aspect, across, across / aspect), share });
  }
  return peaks;
}

function fourOf(masks: Uint32Array, at: number, columns: number): number {
  return (masks[at] as number) | (masks[at + 1] as number) | (masks[at + columns] as number) | (masks[at + columns + 1] as number);
}

function bitCount(mask: number): number {
  let bits = mask - ((mask >>> 1) & 0x55555555);
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

function upright(x: number, y: number, across: number, down: number): Ellipse {
  const lies = across >= down;
  return { centre: [x, y], semiMajor: lies ? across : down, semiMinor: lies ? down : across, angle: lies ? 0 : Math.PI / 2 };
}
