import { yuan } from './yuan';

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
