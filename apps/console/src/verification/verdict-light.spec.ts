import { Outcome, Verdict, VerificationState, type VerificationView } from '@app/contracts';
import { face, verification } from '../testing/made-up-verification';
import { isPending, lightOf } from './verdict-light';

describe('lightOf', () => {
  it('is green for a match that is surely not reversed', () => {
    expect(lightOf(verification())).toEqual({ tone: 'green', shown: 'valid' });
  });

  it('is green for nothing else', () => {
    const faces = [null, face({ reversed: null }), face({ reversed: true }), face({ reversed: false })];
    const green = VerificationState.options
      .flatMap((state) => Verdict.options.map((verdict) => ({ state, verdict })))
      .flatMap((one) => [null, ...Outcome.options].map((outcome) => ({ ...one, outcome })))
      .flatMap((one) => faces.map((shown) => ({ ...one, face: shown })))
      .filter((changes) => lightOf(verification(changes)).tone === 'green');
    expect(green).toEqual([{ state: 'answered', verdict: 'valid', outcome: 'MATCH', face: face({ reversed: false }) }]);
  });

  it.each<[string, Partial<VerificationView>, string, string]>([
    ['a reversed bill although it matches', { verdict: 'reversed', face: face({ reversed: true }) }, 'red', 'reversed'],
    ['a reversed face whatever the verdict says', { face: face({ reversed: true }) }, 'red', 'reversed'],
    ['a match without reversal state', { verdict: 'reversalNotProvided' }, 'amber', 'reversalNotProvided'],
    ['a mismatch', { verdict: 'mismatch', outcome: 'MISMATCH' }, 'red', 'mismatch'],
    ['a bill that is not listed', { verdict: 'notFound', outcome: 'NOT_FOUND' }, 'red', 'notFound'],
    ['a lost answer', { state: 'unknown', verdict: 'unknown', outcome: 'NETWORK_TIMEOUT' }, 'amber', 'unknown'],
    ['a lost answer without verdict', { state: 'unknown', verdict: 'none', outcome: null }, 'amber', 'unknown'],
    ['a request under way', { state: 'queued', verdict: 'none', outcome: null }, 'blue', 'queued'],
    ['a request to be tried again', { state: 'waiting', verdict: 'none', outcome: 'PROVIDER_ERROR' }, 'blue', 'waiting'],
    ['a local guard', { state: 'refused', verdict: 'none', outcome: 'OVER_WINDOW' }, 'grey', 'refused'],
    ['tries used up', { state: 'failed', verdict: 'none', outcome: 'PROVIDER_ERROR' }, 'grey', 'failed'],
    ['an answer without verdict', { verdict: 'none', outcome: 'ACCOUNT' }, 'grey', 'none'],
  ])('shows %s', (_case, changes, tone, shown) => {
    expect(lightOf(verification(changes))).toEqual({ tone, shown });
  });
});

describe('isPending', () => {
  it('asks again only while the outcome can change by itself', () => {
    expect(VerificationState.options.filter((state) => isPending(verification({ state })))).toEqual(['queued', 'waiting']);
  });
});
