import type { Quad } from '../page';
import { inReadingOrder } from './reading-order';

/** A page of cells, tilted by `angle` (radians) around its top left. */
function cells(rows: string[][], { pitch = 40, height = 24, angle = 0 } = {}): { text: string; quad: Quad }[] {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const turn = (x: number, y: number): [number, number] => [x * cos - y * sin, x * sin + y * cos];
  return rows.flatMap((row, y) =>
    row.map((text, x) => {
      const [left, top] = [x * 300, y * pitch];
      const quad: Quad = [turn(left, top), turn(left + 120, top), turn(left + 120, top + height), turn(left, top + height)];
      return { text, quad };
    }),
  );
}

const GRID = [
  ['a', 'b', 'c', 'd'],
  ['e', 'f', 'g', 'h'],
  ['i', 'j', 'k', 'l'],
];

const shuffled = <T>(items: T[]) => items.map((_, index) => items[(index * 7 + 3) % items.length]!);
const read = (items: { text: string; quad: Quad }[]) =>
  inReadingOrder(items)
    .map(({ text }) => text)
    .join('');

describe('inReadingOrder', () => {
  it('goes row by row, each from left to right', () => {
    expect(read(shuffled(cells(GRID)))).toBe('abcdefghijkl');
  });

  it.each([-5, -2, 2, 5])('follows a page tilted by %d degrees', (degrees) => {
    expect(read(shuffled(cells(GRID, { angle: (degrees * Math.PI) / 180 })))).toBe('abcdefghijkl');
  });

  it('does not chain rows of small, dense print into one', () => {
    expect(read(shuffled(cells(GRID, { pitch: 9, height: 8 })))).toBe('abcdefghijkl');
  });

  it('keeps cells of a row together when they sit a little higher or lower', () => {
    const uneven = cells([['a', 'b', 'c', 'd']]).map(({ text, quad }, index) => ({
      text,
      quad: quad.map(([x, y]) => [x, y + (index % 2) * 8]) as Quad,
    }));
    expect(read(shuffled([...uneven, ...cells([[], [], ['e', 'f']])]))).toBe('abcdef');
  });

  it('leaves nothing out', () => {
    expect(inReadingOrder([])).toEqual([]);
    expect(inReadingOrder(cells([['a']]))).toHaveLength(1);
  });
});
