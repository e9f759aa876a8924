import type { Quad } from '../page';
import { joinLooks } from './join-looks';

const line = (x: number, width: number, y = 100): Quad => [
  [x, y],
  [x + width, y],
  [x + width, y + 30],
  [x, y + 30],
];

describe('joinLooks', () => {
  it('keeps the whole line a second look saw instead of its pieces', () => {
    expect(joinLooks([line(0, 90), line(110, 60)], [line(0, 400)])).toEqual([line(0, 400)]);
  });

  it('keeps the longer line of the first look', () => {
    expect(joinLooks([line(0, 400)], [line(20, 100), line(300, 90)])).toEqual([line(0, 400)]);
  });

  it('keeps one of two equal boxes', () => {
    expect(joinLooks([line(0, 400)], [line(0, 400)])).toEqual([line(0, 400)]);
  });

  it('keeps what only one look saw', () => {
    expect(joinLooks([line(0, 100, 100)], [line(0, 100, 200)])).toEqual([line(0, 100, 100), line(0, 100, 200)]);
    expect(joinLooks([line(0, 100)], [line(120, 100)])).toHaveLength(2);
  });
});
