import { parseAmountInWords } from '@app/bills';
import fc from 'fast-check';
import { amountInWords, yuan } from './money';

describe('amountInWords', () => {
  it.each([
    ['0', '零元整'],
    ['5', '伍分'],
    ['50', '伍角整'],
    ['100', '壹元整'],
    ['1005', '壹拾元零伍分'],
    ['48620', '肆佰捌拾陆元贰角整'],
    ['388310', '叁仟捌佰捌拾叁元壹角整'],
    ['10050030', '壹拾万零伍佰元叁角整'],
    ['1989798', '壹万玖仟捌佰玖拾柒元玖角捌分'],
    ['100000100', '壹佰万零壹元整'],
    ['2000100000000', '贰佰亿零壹佰万元整'],
    ['10203040506', '壹亿零贰佰零叁万零肆佰零伍元零陆分'],
  ])('%s 分 is %s', (fen, words) => {
    expect(amountInWords(BigInt(fen))).toBe(words);
  });

  it('is read back as the same amount', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 99_999_999_999_999n }), (fen) => parseAmountInWords(amountInWords(fen)) === fen),
      { seed: 7 },
    );
  });
});

describe('yuan', () => {
  it.each([
    ['0', '0.00'],
    ['7', '0.07'],
    ['1222624', '12226.24'],
  ])('%s 分 is %s', (fen, decimal) => {
    expect(yuan(BigInt(fen))).toBe(decimal);
  });
});
