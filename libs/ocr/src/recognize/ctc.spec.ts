import { decodeCtc, type TopClasses } from './ctc';

const BLANK = 0;

/** Steps of two ranked classes each; the second is a rival of low probability. */
function steps(...classes: number[]): TopClasses {
  return {
    depth: 2,
    classes: Int32Array.from(classes.flatMap((classId) => [classId, 99])),
    values: Float32Array.from(classes.flatMap(() => [0.75, 0.125])),
  };
}

describe('decodeCtc', () => {
  it('joins repeats before it drops blanks, so that doubled digits stay', () => {
    const [one, zero, dot] = [1, 2, 3];
    const decoded = decodeCtc(steps(one, zero, zero, BLANK, zero, BLANK, zero, dot, BLANK, zero, BLANK, BLANK, zero));
    expect(decoded.map(({ classId }) => classId)).toEqual([one, zero, zero, zero, dot, zero, zero]);
  });

  it('reads 22 from two runs and 2 from one', () => {
    expect(decodeCtc(steps(2, BLANK, 2))).toHaveLength(2);
    expect(decodeCtc(steps(2, 2, 2))).toHaveLength(1);
  });

  it('tells the steps a character spans', () => {
    expect(decodeCtc(steps(BLANK, 5, 5, 5, BLANK, 6))).toMatchObject([
      { classId: 5, firstStep: 1, lastStep: 3 },
      { classId: 6, firstStep: 5, lastStep: 5 },
    ]);
  });

  it('takes probability and rivals from the surest step', () => {
    const top: TopClasses = {
      depth: 3,
      classes: Int32Array.of(7, 8, BLANK, 7, 9, BLANK),
      values: Float32Array.of(0.5, 0.25, 0.125, 0.75, 0.125, 0.0625),
    };
    expect(decodeCtc(top)).toEqual([
      { classId: 7, confidence: 0.75, firstStep: 0, lastStep: 1, alternatives: [{ classId: 9, confidence: 0.125 }] },
    ]);
  });

  it('leaves out rivals that say nothing', () => {
    const top: TopClasses = { depth: 2, classes: Int32Array.of(7, 8), values: Float32Array.of(0.9999, 0.00001) };
    expect(decodeCtc(top)[0]!.alternatives).toEqual([]);
  });

  it('reads nothing from blanks', () => {
    expect(decodeCtc(steps(BLANK, BLANK))).toEqual([]);
  });
});
