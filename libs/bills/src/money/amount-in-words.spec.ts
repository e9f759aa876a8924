import fc from 'fast-check';
import { formatAmountInWords, parseAmountInWords } from './amount-in-words';

describe('parseAmountInWords', () => {
  it.each([
    ['肆佰捌拾陆元贰角整', 48620n],
    ['肆佰捌拾陆元贰角正', 48620n],
    ['壹拾元整', 1000n],
    ['拾元整', 1000n],
    ['壹万零柒佰陆拾壹元玖角玖分', 1076199n],
    ['叁佰元零叁分', 30003n],
    ['壹佰元叁分', 10003n],
    ['伍角', 50n],
    ['贰万圆整', 2000000n],
    ['人民币壹亿零伍元整', 10000000500n],
    ['玖仟零伍元零角伍分', 900505n],
  ])('reads %s', (words, fen) => expect(parseAmountInWords(words)).toBe(fen));

  it.each(['', '元', '肆佰捌拾陆', '佰元整', '壹佰贰仟元整', '肆佰捌拾陆元贰角整多', '拾壹拾元整'])('does not read %s', (words) =>
    expect(parseAmountInWords(words)).toBeNull(),
  );

  it('takes characters that only look like numerals for the numerals', () => {
    expect(parseAmountInWords('武佰集拾元正')).toBe(parseAmountInWords('贰佰柒拾元整'));
  });

  it('never takes one numeral for another', () => {
    expect(parseAmountInWords('捌仟元整')).not.toBe(parseAmountInWords('玖仟元整'));
  });

  it('gives every amount back exactly', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 99_999_999_999_99n }), (fen) => parseAmountInWords(formatAmountInWords(fen)) === fen),
      { seed: 7 },
    );
  });
});

describe('formatAmountInWords', () => {
  it.each([
    [48620n, '肆佰捌拾陆元贰角整'],
    [30003n, '叁佰元零叁分'],
    [100_050_00n, '壹拾万零伍拾元整'],
    [1_0001_00n, '壹万零壹元整'],
    [7n, '柒分'],
    [0n, '零元整'],
  ])('prints %s 分 as %s', (fen, words) => expect(formatAmountInWords(fen)).toBe(words));
});
