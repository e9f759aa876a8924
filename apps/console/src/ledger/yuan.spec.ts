import { yuan, yuanOfFen } from './yuan';

describe('yuan', () => {
  it.each([
    ['0.05', '0.05'],
    ['486.20', '486.20'],
    ['1234.50', '1,234.50'],
    ['999999999999.99', '999,999,999,999.99'],
    ['12O4.50', '12O4.50'],
  ])('shows %s as %s', (amount, shown) => {
    expect(yuan(amount)).toBe(shown);
  });
});

describe('yuanOfFen', () => {
  it.each([
    ['0', '0.00'],
    ['5', '0.05'],
    ['1234567', '12,345.67'],
    ['none', 'none'],
  ])('shows %s as %s', (fen, shown) => {
    expect(yuanOfFen(fen)).toBe(shown);
  });
});
