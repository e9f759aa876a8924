import fc from 'fast-check';
import { formatAmount, parseAmount } from './amount';

describe('parseAmount', () => {
  it.each([
    ['486.20', 48620n],
    ['¥23,689.46', 2368946n],
    ['2,000.00元', 200000n],
    ['0.05', 5n],
    ['-12.00', -1200n],
  ])('reads %s', (text, fen) => expect(parseAmount(text)).toBe(fen));

  it.each(['486.2', '486', '486.200', '4,86.20', '1,2345.00', '', '486,20', '4.86.20'])(
    'does not read %s, which has lost or gained something',
    (text) => expect(parseAmount(text)).toBeNull(),
  );

  it('gives every amount back exactly', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 99_999_999_999_999n }), (fen) => parseAmount(formatAmount(fen)) === fen),
      { seed: 7 },
    );
  });
});
