import { deviations } from './deviations';
import { sampleResult } from './sample-result.fixture';

const asked = (...numbers: string[]) => new Set(numbers);

describe('deviations', () => {
  it('finds none when a sample was sent and answered as expected', () => {
    expect(deviations(sampleResult(), asked('0012345678'))).toEqual([]);
  });

  it('names a wrong element, and a missing one of a bill that nobody would look at', () => {
    const result = sampleResult({ elements: { checkCode: 'zzzzzz', totalAmount: null } });
    expect(deviations(result, asked('0012345678'))).toEqual([
      '1-match.png: checkCode zzzzzz instead of a1b2c3',
      '1-match.png: totalAmount null instead of 486.20',
    ]);
  });

  it('forgives a missing element, but no wrong one, where a person must look', () => {
    const expected = { decision: 'review', end: { notSent: 'receipt-needs-review' } } as const;
    const result = sampleResult({
      expected,
      decision: 'review',
      end: { notSent: 'receipt-needs-review' },
      elements: { checkCode: null, totalAmount: '1.00' },
    });
    expect(deviations(result, asked())).toEqual(['1-match.png: totalAmount 1.00 instead of 486.20']);
  });

  it('names another decision and another end', () => {
    const result = sampleResult({ decision: 'review', end: { notSent: 'receipt-needs-review' } });
    expect(deviations(result, asked('0012345678'))).toEqual([
      '1-match.png: decision review instead of auto',
      '1-match.png: end receipt-needs-review instead of MATCH (valid)',
    ]);
  });

  it('names a bill that reached a provider although it must not, and one that did not although it must', () => {
    const expected = { decision: 'review', end: { notSent: 'receipt-needs-review' } } as const;
    const kept = sampleResult({ expected, decision: 'review', end: { notSent: 'receipt-needs-review' } });
    expect(deviations(kept, asked('0012345678'))).toEqual(['1-match.png: a provider was asked, although nothing may be sent']);
    expect(deviations(sampleResult(), asked())).toEqual(['1-match.png: no provider was asked']);
  });
});
