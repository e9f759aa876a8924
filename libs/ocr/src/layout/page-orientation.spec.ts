import type { Quad } from '../page';
import { directionWitnesses, liesSideways, readingWitnesses } from './page-orientation';
import { onTurnedPage, quadWidth, turnCounterClockwise, turnHalf } from './quad';

const box = (width: number, height: number): Quad => [
  [0, 0],
  [width, 0],
  [width, height],
  [0, height],
];

describe('liesSideways', () => {
  it('goes by the length of the lines', () => {
    expect(liesSideways([box(20, 300), box(20, 200), box(80, 20)])).toBe(true);
    expect(liesSideways([box(300, 20), box(200, 20), box(20, 80)])).toBe(false);
  });

  it('is not misled by square boxes or an empty page', () => {
    expect(liesSideways(Array.from({ length: 50 }, () => box(20, 30)))).toBe(false);
    expect(liesSideways([])).toBe(false);
  });
});

describe('directionWitnesses', () => {
  it('takes the longest lines', () => {
    const quads = Array.from({ length: 20 }, (_, index) => box(100 + index, 20));
    expect(directionWitnesses(quads).map(quadWidth)).toEqual([119, 118, 117, 116, 115, 114, 113]);
    expect(directionWitnesses([box(20, 200), box(30, 20)])).toEqual([]);
  });
});

describe('readingWitnesses', () => {
  it('takes the shortest lines that have characters enough', () => {
    const quads = Array.from({ length: 20 }, (_, index) => box(100 + 10 * index, 20));
    expect(readingWitnesses(quads).map(quadWidth)).toEqual([120, 130, 140, 150, 160, 170, 180]);
  });

  it('falls back on the longest where all are short', () => {
    expect(readingWitnesses([box(60, 20), box(80, 20), box(20, 20)]).map(quadWidth)).toEqual([80, 60]);
    expect(readingWitnesses([])).toEqual([]);
  });
});

describe('turned quads', () => {
  it('start where turned text starts', () => {
    expect(turnCounterClockwise(box(20, 100))).toEqual([
      [20, 0],
      [20, 100],
      [0, 100],
      [0, 0],
    ]);
    expect(turnHalf(box(100, 20))).toEqual([
      [100, 20],
      [0, 20],
      [0, 0],
      [100, 0],
    ]);
  });

  it('lie, on a page turned with them, where their text then is', () => {
    const quad: Quad = [
      [10, 20],
      [50, 22],
      [50, 32],
      [10, 30],
    ];
    const page = { width: 100, height: 60 };
    expect(onTurnedPage(quad, page)).toEqual([
      [49, 27],
      [89, 29],
      [89, 39],
      [49, 37],
    ]);
    expect(onTurnedPage(onTurnedPage(quad, page), page)).toEqual(quad);
  });
});
