import type { ModelRole } from '../packs/model-packs';

/** Height and width of a model's input, in pixels. */
export interface InputShape {
  height: number;
  width: number;
}

/**
 * On CUDA the runtime searches for the best convolution at every new shape, 300 to 1300 ms each, and the Node binding cannot change that:
 * inputs are padded to a few shapes that were all run before the first page. On the CPU shapes cost nothing and nothing is padded.
 */
const LINE_HEIGHT = 48;

/** Each at most 1.5 times the one before from 160 on: at most 36 % of a line's input is padding. */
const LINE_WIDTHS = [96, 160, 240, 320, 448, 640, 896, 1280, 1792, 2496, 3200];

/**
 * Long side, then the short sides that go with it. 960 is what pages are reduced to, its low shapes the strips that are looked at twice;
 * 1696 and 1920 serve pages of small print, whose inputs have 2 million pixels at most, so that no short side exceeds 1408.
 */
const PAGE_SIDES: readonly (readonly [long: number, short: readonly number[]])[] = [
  [960, [192, 384, 704, 960]],
  [1696, [1184]],
  [1920, [384, 704, 1056, 1408]],
];

const BUCKETS: Record<Exclude<ModelRole, 'dictionary'>, readonly InputShape[]> = {
  det: PAGE_SIDES.flatMap(([long, shorts]) => shorts.flatMap((short) => bothWays(long, short))),
  rec: LINE_WIDTHS.map((width) => ({ height: LINE_HEIGHT, width })),
  cls: [{ height: LINE_HEIGHT, width: 192 }],
};

/** The shapes in which a model is run on CUDA. */
export function shapeBuckets(role: Exclude<ModelRole, 'dictionary'>): readonly InputShape[] {
  return BUCKETS[role];
}

/** The bucket with the fewest pixels that an input fits into; undefined when it fits into none. */
export function fitBucket(buckets: readonly InputShape[], { height, width }: InputShape): InputShape | undefined {
  const fitting = buckets.filter((bucket) => bucket.height >= height && bucket.width >= width);
  return fitting.reduce<InputShape | undefined>((best, bucket) => (best && area(best) <= area(bucket) ? best : bucket), undefined);
}

function bothWays(long: number, short: number): InputShape[] {
  return long === short
    ? [{ height: long, width: short }]
    : [
        { height: short, width: long },
        { height: long, width: short },
      ];
}

function area({ height, width }: InputShape): number {
  return height * width;
}
