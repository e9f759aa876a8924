import { Charge, Outcome } from '@app/contracts';
import { nextStep } from './next-step';
import { postponeSeconds } from './postpone-seconds';

describe('what follows an attempt', () => {
  it.each([
    ['PROVIDER_ERROR', 'notCharged', 1, { kind: 'retry', afterSeconds: 10 }],
    ['PROVIDER_ERROR', 'notCharged', 2, { kind: 'retry', afterSeconds: 60 }],
    ['PROVIDER_ERROR', 'notCharged', 3, { kind: 'end', state: 'failed' }],
    ['IN_PROGRESS', 'notCharged', 1, { kind: 'retry', afterSeconds: 5 }],
    ['IN_PROGRESS', 'notCharged', 3, { kind: 'end', state: 'failed' }],
    ['PROVIDER_ERROR', 'unknown', 1, { kind: 'end', state: 'unknown' }],
    ['PROVIDER_ERROR', 'charged', 1, { kind: 'end', state: 'answered' }],
    ['NETWORK_TIMEOUT', 'notCharged', 1, { kind: 'retry', afterSeconds: 10 }],
    ['NETWORK_TIMEOUT', 'unknown', 1, { kind: 'end', state: 'unknown' }],
    ['ACCOUNT', 'notCharged', 1, { kind: 'end', state: 'failed' }],
    ['REGION_UNSUPPORTED', 'notCharged', 1, { kind: 'end', state: 'failed' }],
    ['UNKNOWN_CODE', 'unknown', 1, { kind: 'end', state: 'unknown' }],
    ['OVER_WINDOW', 'notCharged', 1, { kind: 'end', state: 'answered' }],
  ] as const)('%s, %s, as attempt %d', (outcome, charge, number, step) => {
    expect(nextStep({ outcome, charge }, number)).toEqual(step);
  });

  it('is never a retry after a verdict, nor after anything that was or may have been charged', () => {
    for (const outcome of Outcome.options) {
      for (const charge of Charge.options) {
        const isVerdict = ['MATCH', 'MISMATCH', 'NOT_FOUND'].includes(outcome);
        if (isVerdict || charge !== 'notCharged') expect(nextStep({ outcome, charge }, 1).kind).toBe('end');
      }
    }
  });

  it('is never a third retry', () => {
    for (const outcome of Outcome.options) expect(nextStep({ outcome, charge: 'notCharged' }, 3).kind).toBe('end');
  });

  it('asks a silent gateway ever less often', () => {
    const intended = new Date('2026-07-12T00:00:00Z');
    const after = (seconds: number): number => postponeSeconds(intended, new Date(intended.getTime() + seconds * 1_000));
    expect([0, 1, 10, 60, 600, 86_400].map(after)).toEqual([2, 2, 5, 30, 300, 300]);
  });
});
