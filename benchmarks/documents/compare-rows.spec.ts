import { compareRows } from './compare-rows';

describe('compareRows', () => {
  it('counts what is right wherever it stands, and says whether it stands there', () => {
    expect(compareRows(['a', 'b'], ['b', 'a'])).toEqual({ expected: 2, right: 2, isInOrder: false, missed: [], surplus: [] });
    expect(compareRows(['a', 'b'], ['a', 'b']).isInOrder).toBe(true);
  });

  it('wants a row that is printed twice to be read twice', () => {
    expect(compareRows(['a', 'a'], ['a', 'c'])).toMatchObject({ right: 1, missed: ['a'], surplus: ['c'], isInOrder: false });
  });
});
