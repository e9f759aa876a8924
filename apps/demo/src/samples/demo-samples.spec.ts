import { demoSamples } from './demo-samples';

const samples = demoSamples('2026-11-22');
const ends = samples.map(({ expected }) => ('notSent' in expected.end ? expected.end.notSent : expected.end.verdict));

describe('demoSamples', () => {
  it('shows every end that matters, at both providers', () => {
    expect(ends).toEqual([
      'valid',
      'valid',
      'mismatch',
      'notFound',
      'reversed',
      'receipt-needs-review',
      'valid',
      'valid',
      'receipt-refused',
    ]);
    const sentTo = samples.filter(({ expected }) => !('notSent' in expected.end)).map(({ provider }) => provider);
    expect(new Set(sentTo)).toEqual(new Set(['netocr', 'jumdata']));
  });

  it('lets the providers know what each end needs them to know', () => {
    const known = samples.map(({ known: bill, expected }) => {
      if (bill === null) return 'unknown';
      if (bill.elements.totalAmount !== expected.elements?.totalAmount) return 'another amount';
      return bill.reversed === true ? 'reversed' : 'as printed';
    });
    // The fourth is not to be found; the sixth would match, were it sent; the last is no fiscal bill.
    expect(known).toEqual([
      'as printed',
      'as printed',
      'another amount',
      'unknown',
      'reversed',
      'as printed',
      'as printed',
      'as printed',
      'unknown',
    ]);
  });

  it('gives different bills with different names', () => {
    expect(new Set(samples.map(({ file }) => file)).size).toBe(samples.length);
    const numbers = samples.flatMap(({ expected }) => expected.elements?.billNumber ?? []);
    expect(new Set(numbers).size).toBe(numbers.length);
  });
});
