import { findComponents } from './components';

/** A map drawn with characters: # is text. */
function map(...rows: string[]) {
  const width = rows[0]!.length;
  return { pixels: Float32Array.from(rows.join(''), (pixel) => (pixel === '#' ? 0.9 : 0.1)), size: { width, height: rows.length } };
}

const areasOf = (...rows: string[]) => {
  const { pixels, size } = map(...rows);
  return findComponents(pixels, size, 0.3).map(({ area }) => area);
};

describe('findComponents', () => {
  it('joins pixels that touch at a corner', () => {
    expect(areasOf('#..', '.#.', '..#')).toEqual([3]);
    expect(areasOf('..#', '.#.', '#..')).toEqual([3]);
  });

  it('keeps apart what does not touch', () => {
    expect(areasOf('##..##', '##..##', '......', '######')).toEqual([4, 4, 6]);
  });

  it('joins two arms that meet only later', () => {
    expect(areasOf('#...#', '#...#', '#####')).toEqual([9]);
    expect(areasOf('#.#.#', '#.#.#', '.#.#.')).toEqual([8]);
  });

  it('does not join a row to the one above the last', () => {
    expect(areasOf('###', '...', '###')).toEqual([3, 3]);
  });

  it('takes only what is above the threshold', () => {
    expect(findComponents(Float32Array.of(0.25, 0.5), { width: 2, height: 1 }, 0.25)).toEqual([{ area: 1, edges: [1, 0, 1, 0] }]);
  });

  it('gives the ends of every run', () => {
    const { pixels, size } = map('.###.', '..#..');
    expect(findComponents(pixels, size, 0.3)[0]!.edges).toEqual([1, 0, 3, 0, 2, 1, 2, 1]);
  });
});
