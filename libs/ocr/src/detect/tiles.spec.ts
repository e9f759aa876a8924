import type { Quad } from '../page';
import { joinTiles, tilesOf } from './tiles';

const box = (top: number, left = 10, width = 100, height = 20): Quad => [
  [left, top],
  [left + width, top],
  [left + width, top + height],
  [left, top + height],
];

describe('tilesOf', () => {
  it('shows a page whole that is small enough', () => {
    expect(tilesOf({ width: 1000, height: 700 }, 1, 100)).toEqual([{ top: 0, bottom: 700 }]);
  });

  it.each([
    [1045, 482, 1.84, 60],
    [2000, 3000, 0.58, 200],
    [600, 2400, 1, 40],
  ])('covers a page of %d × %d pixels with tiles that overlap and stay small', (width, height, scale, overlap) => {
    const tiles = tilesOf({ width, height }, scale, overlap);
    expect([tiles[0]!.top, tiles.at(-1)!.bottom]).toEqual([0, height]);
    tiles.slice(1).forEach((tile, index) => expect(tiles[index]!.bottom - tile.top).toBeGreaterThanOrEqual(overlap));
    tiles.forEach(({ top, bottom }) => expect((bottom - top) * scale * width * scale).toBeLessThan(710_000));
  });

  it('shows a page whole whose tiles would be all overlap', () => {
    expect(tilesOf({ width: 2000, height: 2000 }, 1, 400)).toHaveLength(1);
  });
});

describe('joinTiles', () => {
  const upper = { top: 0, bottom: 600 };
  const lower = { top: 400, bottom: 1000 };

  it('takes a line that both tiles see once', () => {
    expect(
      joinTiles([
        { band: upper, quads: [box(100), box(490)] },
        { band: lower, quads: [box(495), box(800)] },
      ]),
    ).toEqual([box(100), box(490), box(800)]);
  });

  it("drops what a tile's edge cuts", () => {
    const cutBelow = box(585, 10, 100, 15);
    const cutAbove = box(400, 10, 100, 12);
    expect(
      joinTiles([
        { band: upper, quads: [box(392), cutBelow] },
        { band: lower, quads: [cutAbove, box(585)] },
      ]),
    ).toEqual([box(392), box(585)]);
  });
});
