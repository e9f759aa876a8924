import { isDoubtful, isDoubtfulInIntegers } from './doubt';

const char = (text: string, confidence: number, alternatives: [string, number][] = []) => ({
  text,
  confidence,
  x: 0,
  alternatives: alternatives.map(([other, share]) => ({ text: other, confidence: share })),
});

describe('isDoubtful', () => {
  it('goes by the probability', () => {
    expect(isDoubtful(char('贰', 0.89, [['武', 0.1]]))).toBe(true);
    expect(isDoubtful(char('贰', 0.91, [['武', 0.05]]))).toBe(false);
  });

  it('does not doubt how wide a sign is, but which', () => {
    expect(isDoubtful(char('（', 0.5, [['(', 0.45]]))).toBe(false);
    expect(isDoubtful(char(':', 0.6, [['：', 0.39]]))).toBe(false);
    expect(isDoubtful(char('（', 0.5, [['〔', 0.45]]))).toBe(true);
    expect(isDoubtful(char('0', 0.5, [['O', 0.45]]))).toBe(true);
  });

  it('leaves spaces alone', () => {
    expect(isDoubtful(char(' ', 0.4))).toBe(false);
  });
});

describe('isDoubtfulInIntegers', () => {
  it('lets pass what the model as published would hardly read otherwise', () => {
    expect(isDoubtfulInIntegers(char('贰', 0.81, [['武', 0.1]]))).toBe(false);
    expect(isDoubtfulInIntegers(char('贰', 0.79, [['武', 0.1]]))).toBe(true);
  });
});
