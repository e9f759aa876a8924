import { scoreLines } from './score';
import type { ReceiptTruth } from './truth';

const TRUTH: ReceiptTruth = {
  file: 'a.jpg',
  mode: 'clean',
  code: '31060126',
  number: '0037704965',
  checkCode: 'ff00da',
  issueDate: '2026-02-08',
  amount: '3724.86',
  amountCN: '叁仟柒佰贰拾肆元捌角陆分',
  payer: '张三',
  payee: '人民医院',
  items: [
    { name: '化验费', amount: '423.16' },
    { name: '护理费', amount: '2741.33' },
  ],
};

const LINES = [
  '票据代码：31060126',
  '票据号码: 0037704965',
  '校验码ff00da',
  '开票日期 2026年2月8日',
  '（小写）3,724.86',
  '张三',
  '化验费',
  '423.16',
];

describe('scoreLines', () => {
  it('finds the five elements with white space and separators set aside', () => {
    const score = scoreLines(LINES, TRUTH);
    expect(score.allElements).toBe(true);
    expect(score.found).toMatchObject({ payer: true, payee: false, words: false });
  });

  it.each([0, 1, 2, 3, 4])('misses the bill when element %d is missing', (index) => {
    expect(scoreLines(LINES.toSpliced(index, 1), TRUTH).allElements).toBe(false);
  });

  it('does not forgive a look-alike', () => {
    expect(scoreLines(LINES.with(2, '校验码ffooda'), TRUTH).found.check).toBe(false);
  });

  it('does not put an element together from two lines', () => {
    expect(scoreLines(LINES.toSpliced(1, 1, '00377', '04965'), TRUTH).found.number).toBe(false);
  });

  it.each(['2026-02-08', '2026.02.08', '2026/02/08', '20260208', '2026年02月08日'])('knows the date as %s', (date) => {
    expect(scoreLines([date], TRUTH).found.date).toBe(true);
  });

  it('counts an item when both its name and its amount were read', () => {
    expect(scoreLines([...LINES, '护理费'], TRUTH)).toMatchObject({ items: 2, itemsFound: 1 });
    expect(scoreLines([...LINES, '护理费', '2,741.33'], TRUTH)).toMatchObject({ itemsFound: 2 });
  });
});
