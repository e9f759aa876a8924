import { BillState, Verdict } from '@app/contracts';
import { standingOf } from './bill-standing';

const sound = { state: 'match', verdict: 'valid', reversed: false, isContradicted: false } as const;

describe('standingOf', () => {
  it('is green for a match that nothing speaks against, and for nothing else', () => {
    const green = BillState.options
      .flatMap((state) => Verdict.options.map((verdict) => ({ state, verdict })))
      .flatMap((one) => [null, true, false].map((reversed) => ({ ...one, reversed })))
      .flatMap((one) => [true, false].map((isContradicted) => ({ ...one, isContradicted })))
      .filter((bill) => standingOf(bill).tone === 'green' || standingOf(bill).isSound);
    expect(green).toEqual([sound]);
  });

  it.each<[Partial<Parameters<typeof standingOf>[0]>, string, string]>([
    [{ isContradicted: true }, 'match', 'amber'],
    [{ reversed: true }, 'reversed', 'red'],
    [{ reversed: null }, 'unknown', 'amber'],
    [{ verdict: 'none' }, 'unknown', 'amber'],
    [{ state: 'reversalNotProvided', verdict: 'reversalNotProvided', reversed: null }, 'reversalNotProvided', 'amber'],
    [{ state: 'mismatch', verdict: 'mismatch', reversed: null }, 'mismatch', 'red'],
    [{ state: 'inProgress', verdict: 'none', reversed: null }, 'inProgress', 'blue'],
    [{ state: 'corrected', verdict: 'none', reversed: null }, 'corrected', 'grey'],
  ])('of a match with %p is %s in %s', (changes, state, tone) => {
    expect(standingOf({ ...sound, ...changes })).toEqual({ state, tone, isSound: false });
  });
});
