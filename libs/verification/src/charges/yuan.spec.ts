import fc from 'fast-check';
import { formatYuan, parseYuan } from './yuan';

describe('money of calls', () => {
  it.each([
    ['0.355', 3_550n, '0.355'],
    ['0.5', 5_000n, '0.50'],
    ['12', 120_000n, '12.00'],
    ['0.0001', 1n, '0.0001'],
    ['999999999999.9999', 9_999_999_999_999_999n, '999999999999.9999'],
  ])('keeps %s yuan exactly', (text, hao, shown) => {
    expect(parseYuan(text)).toBe(hao);
    expect(formatYuan(hao)).toBe(shown);
  });

  it.each(['', '-1', '+1', '1.', '.5', '0.00001', '1,000', '1e3', ' 1', '١'])('does not read %j', (text) => {
    expect(parseYuan(text)).toBeNull();
  });

  it('shows every amount as it reads it', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 15n }), (hao) => parseYuan(formatYuan(hao)) === hao),
      { seed: 7 },
    );
  });
});
