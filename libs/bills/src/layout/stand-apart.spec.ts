import { bill } from '../../../../test/support/printed-page';
import { placeLines } from './rows';
import { standApart } from './stand-apart';

const at = (left: number, top: number) => placeLines(bill({}, left, top));

describe('standApart', () => {
  it('holds for a bill that is alone', () => expect(standApart([at(0, 0)])).toEqual([true]));

  it.each([
    ['below', 0, 900],
    ['beside', 1900, 0],
    ['beside and lower', 1900, 300],
  ])('holds for a bill %s another', (_, left, top) => expect(standApart([at(0, 0), at(left, top)])).toEqual([true, true]));

  it.each([
    ['that reaches into another', 0, 600],
    ['that follows without a blank', 0, 740],
  ])('does not hold for a bill %s', (_, left, top) => expect(standApart([at(0, 0), at(left, top)])).toEqual([false, false]));

  it('says of each of three', () => expect(standApart([at(0, 0), at(0, 600), at(0, 2000)])).toEqual([false, false, true]));
});
