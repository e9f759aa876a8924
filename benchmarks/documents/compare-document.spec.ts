import { compareDocument, isDecidedRight, wrongInAuto } from './compare-document';
import { billReading, expectedDocument, field, readingOf } from './document.fixture';

const WRONG = { fields: { totalAmount: field('488.20') } };

describe('wrongInAuto', () => {
  it('names an element that is wrong on a bill which needs no person', () => {
    expect(wrongInAuto(compareDocument(expectedDocument(), readingOf(billReading(WRONG)), 1))).toEqual(['a.jpg: totalAmount']);
    expect(wrongInAuto(compareDocument(expectedDocument(), readingOf(billReading()), 1))).toEqual([]);
  });

  it('looks at each bill by its own decision', () => {
    const reading = readingOf(billReading({ ...WRONG, decision: 'review' }));
    expect(wrongInAuto(compareDocument(expectedDocument(), reading, 1))).toEqual([]);
  });

  it('counts a bill read in what is no bill', () => {
    const measure = compareDocument(expectedDocument({ expect: 'refuse', bills: [] }), readingOf(billReading()), 1);
    expect(wrongInAuto(measure)).toHaveLength(5);
  });
});

describe('isDecidedRight', () => {
  it.each([
    ['read', 'auto', true],
    ['read', 'review', true],
    ['read', 'refuse', false],
    ['review', 'auto', false],
    ['review', 'refuse', false],
    ['review', 'review', true],
    ['refuse', 'review', false],
    ['refuse', 'refuse', true],
  ] as const)('to %s, decided %s: %s', (expectation, decision, isRight) => {
    const measure = compareDocument(expectedDocument({ expect: expectation }), { ...readingOf(), decision }, 1);
    expect(isDecidedRight(measure)).toBe(isRight);
  });
});
