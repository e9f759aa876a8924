import { createI18n } from '../i18n/i18n-context';
import { field } from '../testing/made-up-bill';
import { confidenceText, evidenceNames } from './evidence';

describe('evidenceNames', () => {
  it.each([
    ['zh-CN', '二维码、大小写金额'],
    ['en', 'QR code, amount in words'],
  ] as const)('speaks %s', (language, expected) => {
    expect(evidenceNames(createI18n(language), ['qr', 'amountWords'])).toBe(expected);
  });

  it('shows a check it does not know rather than hiding it', () => {
    expect(evidenceNames(createI18n('en'), ['newCheck'])).toBe('newCheck');
  });
});

describe('confidenceText', () => {
  it.each([
    [1, '100.0%'],
    [0.9996, '99.9%'],
    [0.5, '50.0%'],
    [0, '0.0%'],
  ])('%d is %s', (confidence, expected) => {
    expect(confidenceText(field('x', { confidence }))).toBe(expected);
  });
});
