import type { AttemptView } from '@app/contracts';
import { verification } from '../testing/made-up-verification';
import { settleableAttempts } from './settleable-attempts';

const attempt = (number: number, changes: Partial<AttemptView>): AttemptView => ({
  id: `0199a6b0-0000-7000-8000-00000000000${number}`,
  number,
  provider: 'netocr',
  state: 'unknown',
  outcome: null,
  providerCode: null,
  providerMessage: null,
  charge: 'unknown',
  createdAt: '2026-11-22T08:00:00.000Z',
  finishedAt: '2026-11-22T08:00:10.000Z',
  ...changes,
});
const lost = { state: 'unknown', verdict: 'unknown', outcome: null, charge: 'unknown', face: null } as const;

describe('settleableAttempts', () => {
  it('are the calls whose charge nobody knows', () => {
    const attempts = [attempt(1, { state: 'notSent', charge: 'notCharged' }), attempt(2, {})];
    expect(settleableAttempts(verification({ ...lost, attempts }))).toEqual([attempts[1]]);
  });

  it('are none of a verification that is still under way, answered, or settled', () => {
    const attempts = [attempt(1, {})];
    expect(settleableAttempts(verification({ ...lost, state: 'queued', charge: null, attempts }))).toEqual([]);
    expect(settleableAttempts(verification({ attempts: [attempt(1, { state: 'answered', charge: 'charged' })] }))).toEqual([]);
    // An attempt keeps the charge it ended with; what was settled stands in the verification.
    expect(settleableAttempts(verification({ ...lost, state: 'settled', charge: 'charged', attempts }))).toEqual([]);
  });

  it('are none of a verification that joined the call of another', () => {
    expect(settleableAttempts(verification({ ...lost, origin: 'joined' }))).toEqual([]);
  });
});
