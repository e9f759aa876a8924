import type { LineChar } from '../page';
import { preferDigits } from './look-alikes';

/** Characters read for sure, but for those with a rival: `rivals` maps a place to another reading and its probability. */
function read(text: string, rivals: Record<number, [string, number]> = {}): LineChar[] {
  return Array.from(text, (char, index) => {
    const rival = rivals[index];
    const alternatives = rival ? [{ text: rival[0], confidence: rival[1] }] : [];
    return { text: char, confidence: 1 - (rival?.[1] ?? 0), x: index * 20, alternatives };
  });
}

const textOf = (chars: LineChar[]) => chars.map(({ text }) => text).join('');

describe('preferDigits', () => {
  it('takes the digits of a code', () => {
    expect(textOf(preferDigits(read('校验码：ffooda', { 6: ['0', 0.125], 7: ['0', 0.375] })))).toBe('校验码：ff00da');
    expect(textOf(preferDigits(read('451bla', { 4: ['1', 0.25] })))).toBe('451b1a');
  });

  it('claims no more certainty than the digit had, and names the letter first', () => {
    const [, , char] = preferDigits(read('4alf70', { 2: ['1', 0.25] }));
    expect(char).toEqual({ text: '1', confidence: 0.25, x: 40, alternatives: [{ text: 'l', confidence: 0.75 }] });
  });

  it('leaves a letter that was read for sure', () => {
    expect(textOf(preferDigits(read('4alf70')))).toBe('4alf70');
    expect(textOf(preferDigits(read('4alf70', { 2: ['1', 0.01] })))).toBe('4alf70');
  });

  it('leaves words that are not hexadecimal', () => {
    expect(textOf(preferDigits(read('POS机', { 1: ['0', 0.25] })))).toBe('POS机');
    expect(textOf(preferDigits(read('lo', { 0: ['1', 0.5] })))).toBe('lo');
  });

  it('looks at each word by itself', () => {
    expect(textOf(preferDigits(read('POS o12', { 1: ['0', 0.25], 4: ['0', 0.25] })))).toBe('POS 012');
  });

  it('keeps a line without letters as it is', () => {
    const chars = read('金额合计 1000.00');
    expect(preferDigits(chars)).toEqual(chars);
    expect(preferDigits([])).toEqual([]);
  });
});
