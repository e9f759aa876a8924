import { calibrate, type Claim, claimsOf, sureFields } from './calibration';
import { compareDocument } from './compare-document';
import { billReading, expectedDocument, field, readingOf } from './document.fixture';

const claim = (confidence: number, isRight: boolean, rest: Partial<Claim> = {}): Claim => ({
  confidence,
  isRight,
  isElement: true,
  source: 'ocr',
  ...rest,
});

describe('calibrate', () => {
  it('puts each confidence into its span, the lower bound within it', () => {
    const claims = [1, 0.99, 0.98, 0.95, 0.9, 0.8, 0.5, 0.49, 0].map((confidence) => claim(confidence, true));
    expect(calibrate(claims)[0]?.bins.map(({ count }) => count)).toEqual([2, 1, 1, 1, 1, 1, 2]);
  });

  it('weighs the distance between confidence and truth by the fields it is about', () => {
    const claims = [claim(1, true), claim(1, false), claim(0.6, true), claim(0.6, false)];
    // Two fields are 0.5 too sure and two 0.1.
    expect(calibrate(claims)[0]?.error).toBeCloseTo(0.3, 10);
    expect(calibrate([])[0]?.error).toBeUndefined();
  });

  it('shows elements, other fields and sources apart', () => {
    const groups = calibrate([claim(1, true), claim(1, true, { isElement: false, source: 'xml' }), claim(0.7, true, { source: 'xml' })]);
    expect(groups.map(({ group, bins }) => [group, bins.reduce((sum, { count }) => sum + count, 0)])).toEqual([
      ['all', 3],
      ['elements', 2],
      ['other fields', 1],
      ['xml', 2],
      ['ocr', 1],
    ]);
  });
});

describe('claimsOf', () => {
  it('takes every field that was read where a document is to be read in full', () => {
    const reading = readingOf(billReading({ fields: { payer: field('张二', { confidence: 0.9 }) } }));
    const claims = claimsOf([
      compareDocument(expectedDocument(), reading, 1),
      compareDocument(expectedDocument({ expect: 'review' }), reading, 1),
    ]);
    expect(claims).toHaveLength(11);
    expect(claims.filter(({ isRight }) => !isRight)).toEqual([{ isRight: false, confidence: 0.9, source: 'ocr', isElement: false }]);
  });
});

describe('sureFields', () => {
  it('holds as long as one in a hundred is wrong, and no longer', () => {
    const of = (right: number, wrong: number) => [
      ...Array.from({ length: right }, () => claim(0.995, true)),
      ...Array.from({ length: wrong }, () => claim(0.995, false)),
    ];
    expect(sureFields(of(99, 1))).toMatchObject({ count: 100, right: 99, holds: true });
    expect(sureFields(of(98, 2)).holds).toBe(false);
    expect(sureFields([...of(99, 1), claim(0.98, false)])).toMatchObject({ count: 100, holds: true });
  });
});
