import { emptyFace } from './face';
import { compareFace, isCompatible } from './face-comparison';

const elements = { billCode: '33060126', billNumber: '0041207735', checkCode: '7be20c', issueDate: '2026-04-09', totalAmount: '486.20' };

describe('compareFace', () => {
  it('finds nothing in an equal, a masked or a silent echo', () => {
    expect(compareFace(elements, { ...emptyFace(), ...elements })).toEqual([]);
    expect(compareFace(elements, emptyFace())).toEqual([]);
    expect(compareFace(elements, { ...emptyFace(), billCode: '33****26', billNumber: '******7735', checkCode: '7BE20C' })).toEqual([]);
  });

  it('names each element that the face contradicts', () => {
    expect(compareFace(elements, { ...emptyFace(), ...elements, totalAmount: '4862.00', billNumber: '004*****36' })).toEqual([
      { field: 'billNumber', asked: '0041207735', answered: '004*****36' },
      { field: 'totalAmount', asked: '486.20', answered: '4862.00' },
    ]);
  });
});

describe('isCompatible', () => {
  it.each([
    ['abcdef', '*', true],
    ['abcdef', 'a*f', true],
    ['abcdef', 'a*c*f', true],
    ['abcdef', 'a*x*f', false],
    ['abc', 'abc*', false],
    ['ab', 'ab*ab', false],
    ['abc', 'ABC', false],
    ['', '*', false],
  ])('%s against %s: %s', (value, echo, expected) => {
    expect(isCompatible(value, echo)).toBe(expected);
  });
});
