import { parseDataAmount } from './data-amount';

describe('parseDataAmount', () => {
  it.each([
    ['486.20', 48620n],
    ['486.2', 48620n],
    ['486', 48600n],
    ['0.5', 50n],
    ['486.2000', 48620n],
    ['23,689.46', 2368946n],
    ['-486.20', -48620n],
  ])('takes %s', (text, fen) => expect(parseDataAmount(text)).toBe(fen));

  it.each(['', '.', '.5', '486.', '486.205', '1.2.3', '12,34', '1e3', '四百', '1'.repeat(13), '0'.repeat(100_000)])(
    'does not take %s',
    (text) => expect(parseDataAmount(text)).toBeNull(),
  );
});
