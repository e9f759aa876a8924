import type { PageImage, Turn } from '../page';
import { sharePage } from './shared-page';
import { turnPage } from './turn-page';

/** 3 x 2 pixels, each known by its red value. */
const PAGE: PageImage = { width: 3, height: 2, rgb: Uint8Array.from([1, 2, 3, 4, 5, 6].flatMap((red) => [red, red + 10, red + 20])) };

const redsOf = ({ rgb }: PageImage) => Array.from(rgb).filter((_, index) => index % 3 === 0);

describe('turnPage', () => {
  it.each<[Turn, [number, number], number[]]>([
    [0, [3, 2], [1, 2, 3, 4, 5, 6]],
    [90, [2, 3], [4, 1, 5, 2, 6, 3]],
    [180, [3, 2], [6, 5, 4, 3, 2, 1]],
    [270, [2, 3], [3, 6, 2, 5, 1, 4]],
  ])('turns by %d degrees clockwise', (turn, [width, height], reds) => {
    const turned = turnPage(PAGE, turn);
    expect([turned.width, turned.height]).toEqual([width, height]);
    expect(redsOf(turned)).toEqual(reds);
  });

  it('keeps the channels of a pixel together', () => {
    expect(Array.from(turnPage(PAGE, 180).rgb.subarray(0, 3))).toEqual([6, 16, 26]);
  });
});

describe('sharePage', () => {
  it('copies ordinary pixels into shared memory', () => {
    const shared = sharePage(PAGE);
    expect(shared.rgb.buffer).toBeInstanceOf(SharedArrayBuffer);
    expect(redsOf(shared)).toEqual(redsOf(PAGE));
  });

  it('does not copy what is shared already', () => {
    const shared = sharePage(PAGE);
    expect(sharePage(shared).rgb).toBe(shared.rgb);
  });
});
