import { field } from '../testing/made-up-bill';
import { doubtsIn, withCharacter } from './doubts';

const zero = { index: 2, alternatives: [{ text: 'o', confidence: 0.3 }] };
const read = field('5d07ea', { doubts: [zero] });

describe('doubtsIn', () => {
  it('names the character in question with what else it may be', () => {
    expect(doubtsIn('5d07ea', read)).toEqual([{ ...zero, character: '0' }]);
  });

  it('offers what was read again after another was taken', () => {
    expect(doubtsIn('5do7ea', read)).toEqual([{ index: 2, character: 'o', alternatives: [{ text: '0', confidence: 0.99 }] }]);
  });

  it('counts code points, as the contract does', () => {
    const name = field('𠮷田0', { doubts: [zero] });
    expect(doubtsIn('𠮷田0', name)).toEqual([{ ...zero, character: '0' }]);
  });

  it.each([
    ['a character was added', '5d007ea', read],
    ['a character was taken away', '5d7ea', read],
    ['the place is beyond the value', '5d', field('5d', { doubts: [zero] })],
    ['nothing was read', '5d07ea', undefined],
  ])('has none when %s', (_why, text, reading) => {
    expect(doubtsIn(text, reading)).toEqual([]);
  });
});

describe('withCharacter', () => {
  it('replaces one code point', () => {
    expect(withCharacter('𠮷d07ea', 2, 'o')).toBe('𠮷do7ea');
  });
});
