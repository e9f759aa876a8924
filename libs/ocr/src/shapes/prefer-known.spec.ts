import fc from 'fast-check';
import type { LineChar, Quad, TextLine } from '../page';
import { amountInWords, date, digits, hexadecimalCode, lexicons, money, type KnownShapes } from '.';
import { indexShapes } from './known-shapes';
import { preferKnown } from './prefer-known';

const KNOWN: KnownShapes = {
  labels: [
    { text: '票据代码', shape: digits(8) },
    { text: '校验码', shape: hexadecimalCode(6) },
    { text: '开票日期', shape: date() },
    { text: '（小写）', shape: money() },
    { text: '金额合计（大写）', shape: amountInWords() },
    { text: '交款人' },
  ],
  lines: [lexicons([['江苏省'], ['医疗门诊收费票据', '医疗住院收费票据'], ['（电子）', '']], { slips: true }), amountInWords()],
};
const index = indexShapes(KNOWN);
const QUAD: Quad = [
  [0, 0],
  [100, 0],
  [100, 10],
  [0, 10],
];

type Rivals = Record<number, [string, number][]>;

function lineOf(text: string, rivals: Rivals = {}): Omit<TextLine, 'raw'> {
  const chars = Array.from(text, (char, at): LineChar => {
    const alternatives = (rivals[at] ?? []).map(([other, confidence]) => ({ text: other, confidence }));
    return { text: char, confidence: rivals[at] ? 0.6 : 1, x: 10 * at, alternatives };
  });
  return { text, confidence: 1, quad: QUAD, chars };
}
const textOf = (text: string, rivals?: Rivals) => preferKnown(lineOf(text, rivals), index).text;

describe('preferKnown', () => {
  it('prefers a digit in a check code, keeps the letter as raw, and says so at the character', () => {
    const read = lineOf('校验码：ffOoda', { 6: [['0', 0.13]], 7: [['0', 0.4]] });
    const line = preferKnown(read, index);
    expect(line).toMatchObject({ text: '校验码：ff00da', raw: '校验码：ffOoda' });
    expect(line.chars[6]).toEqual({ ...read.chars[6], preferred: { text: '0', confidence: 0.13 } });
    expect(line.chars.filter(({ preferred }) => preferred)).toHaveLength(2);
    expect(line.chars.map(({ text, x }) => [text, x])).toEqual(read.chars.map(({ text, x }) => [text, x]));
  });

  it.each([
    ['票据代码:3206O126', '票据代码:32060126'],
    ['（小写）￥l2,107.86', '（小写）￥12,107.86'],
    ['交款人：林l青 开票日期：2O26-04-09', '交款人：林l青 开票日期：2026-04-09'],
    ['金额合计（大写） 武佰元整', '金额合计（大写） 贰佰元整'],
    ['江苏省医疗诊收费票据（电子）', '江苏省医疗门诊收费票据（电子）'],
    ['壹仟武佰元集角叁分', '壹仟贰佰元柒角叁分'],
  ])('reads %s as %s', (raw, text) => expect(textOf(raw)).toBe(text));

  it('reads a value after a label with a misread character', () =>
    expect(textOf('金额合计（太写）武佰元整', { 5: [['大', 0.05]] })).toBe('金额合计（大写）贰佰元整'));

  it.each([
    '交款人：Ol集团',
    '订单号：3206O126',
    '3206O126',
    'ffOoda',
    '三千元',
    '校验码：qfomjx',
    '票据代码：3206O1269',
    '请登录校验码 3206O126',
    '江苏省医疗门诊收费票',
    '',
  ])('leaves %s alone', (text) => expect(preferKnown(lineOf(text), index)).toEqual({ ...lineOf(text), raw: text }));

  it('prefers nothing where no shapes are known', () => {
    const line = lineOf('票据代码:3206O126');
    expect(preferKnown(line, indexShapes({ labels: [], lines: [] }))).toEqual({ ...line, raw: line.text });
  });

  it('never loses what was read', () => {
    const sign = fc.constantFrom(...Array.from('票据代码校验开日期（大小写）：: 0Oo1lI5S-=.元整壹武贰任佰拾af江苏省医疗门诊住佳院收费'));
    const rival = fc.tuple(sign, fc.double({ min: 0.001, max: 0.4, noNaN: true }));
    const anyLine = fc.array(fc.tuple(sign, fc.array(rival, { maxLength: 2 })), { maxLength: 18 });
    const label = fc.constantFrom('', '校验码：', '票据代码:', '金额合计（大写）');
    fc.assert(
      fc.property(label, anyLine, (before, rest) => {
        const rivals = Object.fromEntries(rest.map(([, others], at) => [before.length + at, others]));
        const read = lineOf(before + rest.map(([char]) => char).join(''), rivals);
        const line = preferKnown(read, index);
        expect(line.raw).toBe(read.text);
        expect(line.chars.map(({ preferred: _, ...char }) => char)).toEqual(read.chars);
        expect(line.chars.map(({ text, preferred }) => preferred?.text ?? text).join('')).toBe(line.text);
      }),
      { seed: 7 },
    );
  });
});
