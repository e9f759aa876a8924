import { Verdict, VerificationState } from '@app/contracts';
import { type Answered, type BillFacts, billState, type DefiniteVerdict, standingVerdict } from './bill-state';

const VERDICTS = [null, ...Verdict.options.filter((verdict) => verdict !== 'none')] as (DefiniteVerdict | null)[];
const FACTS: BillFacts[] = VERDICTS.flatMap((verdict) =>
  [null, ...VerificationState.options].flatMap((verification) =>
    ([null, 'certain', 'doubtful'] as const).flatMap((reading) =>
      [0, 1, 2].map((receiptCount) => ({ verdict, verification, reading, receiptCount })),
    ),
  ),
);
const ANSWERS: Answered[] = VerificationState.options.flatMap((state) =>
  Verdict.options.flatMap((verdict) =>
    [true, false].flatMap((isSameElements) => [true, false].map((isEarlier) => ({ state, verdict, isSameElements, isEarlier }))),
  ),
);

describe('the state of a bill', () => {
  it('is a match for the verdict valid and for no other', () => {
    for (const facts of FACTS) expect([facts, billState(facts) === 'match']).toEqual([facts, facts.verdict === 'valid']);
  });

  it.each<[Partial<BillFacts>, string]>([
    [{ reading: 'certain', receiptCount: 1 }, 'unverified'],
    [{ reading: 'doubtful', receiptCount: 1 }, 'review'],
    [{}, 'corrected'],
    [{ reading: 'doubtful', receiptCount: 1, verification: 'queued' }, 'inProgress'],
    [{ verification: 'waiting' }, 'inProgress'],
    [{ verification: 'unknown' }, 'unknown'],
    [{ verdict: 'unknown', verification: 'unknown' }, 'unknown'],
    [{ verdict: 'unknown', verification: 'queued' }, 'inProgress'],
    [{ verification: 'settled' }, 'unknown'],
    [{ verdict: 'unknown', verification: 'settled' }, 'unknown'],
    [{ verification: 'refused' }, 'refused'],
    [{ verification: 'failed' }, 'failed'],
    [{ verification: 'answered' }, 'failed'],
    [{ verdict: 'mismatch', verification: 'refused' }, 'mismatch'],
    [{ verdict: 'notFound', verification: 'answered' }, 'notFound'],
    [{ verdict: 'reversalNotProvided', verification: 'answered' }, 'reversalNotProvided'],
    [{ verdict: 'reversed', verification: 'answered' }, 'reversed'],
    [{ verdict: 'valid', verification: 'failed' }, 'match'],
  ])('of %j is %s', (facts, state) => {
    expect(billState({ reading: null, receiptCount: 0, verdict: null, verification: null, ...facts })).toBe(state);
  });
});

describe('the verdict that stands', () => {
  const after = (standing: DefiniteVerdict | null, answer: Partial<Answered>) =>
    standingVerdict(standing, { state: 'answered', verdict: 'none', isSameElements: true, isEarlier: false, ...answer });

  it('becomes valid by an answer of valid and by no other', () => {
    for (const standing of VERDICTS.filter((verdict) => verdict !== 'valid')) {
      for (const answer of ANSWERS.filter(({ verdict }) => verdict !== 'valid'))
        expect(standingVerdict(standing, answer)).not.toBe('valid');
    }
  });

  it('is a reversal for ever, whenever it was told', () => {
    for (const answer of ANSWERS) expect(standingVerdict('reversed', answer)).toBe('reversed');
    for (const standing of VERDICTS) expect(after(standing, { verdict: 'reversed', isEarlier: true })).toBe('reversed');
  });

  it.each<[DefiniteVerdict | null, Partial<Answered>, DefiniteVerdict | null]>([
    [null, { verdict: 'none', state: 'queued' }, null],
    [null, { verdict: 'unknown', state: 'unknown' }, 'unknown'],
    ['valid', { verdict: 'none', state: 'refused' }, 'valid'],
    ['valid', { verdict: 'unknown', state: 'unknown' }, 'valid'],
    // The provider said yes and showed another bill: that is no lost reply.
    ['valid', { verdict: 'unknown', state: 'answered' }, 'unknown'],
    ['valid', { verdict: 'mismatch' }, 'mismatch'],
    ['valid', { verdict: 'mismatch', isSameElements: false }, 'valid'],
    ['reversalNotProvided', { verdict: 'notFound', isSameElements: false }, 'reversalNotProvided'],
    ['valid', { verdict: 'reversalNotProvided' }, 'reversalNotProvided'],
    ['valid', { verdict: 'mismatch', isEarlier: true }, 'valid'],
    ['mismatch', { verdict: 'valid', isSameElements: false }, 'valid'],
    ['mismatch', { verdict: 'valid', isEarlier: true }, 'mismatch'],
    ['notFound', { verdict: 'mismatch', isSameElements: false }, 'mismatch'],
    ['unknown', { verdict: 'notFound' }, 'notFound'],
  ])('of %s after %j is %s', (standing, answer, next) => {
    expect(after(standing, answer)).toBe(next);
  });
});
