import { SubjectRequestState, type SubjectRequestSummary } from '@app/contracts';
import { isWorkedOn, stepsOf } from './subject-steps';

type Request = Pick<SubjectRequestSummary, 'state' | 'kind' | 'found'>;
const found = { receiptCount: 1, verificationCount: 0, foundHash: 'a'.repeat(64), foundAt: '2026-11-02T00:00:00.000Z' };
const request = (change: Partial<Request> = {}): Request => ({ state: 'found', kind: 'access', found, ...change });

describe('what can be done with the request of a person', () => {
  it('is by its kind once records are found', () => {
    expect(stepsOf(request())).toEqual(['search', 'export', 'close']);
    expect(stepsOf(request({ kind: 'erasure' }))).toEqual(['search', 'erase', 'close']);
  });

  it('is neither a copy nor an erasure of nothing', () => {
    expect(stepsOf(request({ kind: 'erasure', found: { ...found, receiptCount: 0 } }))).toEqual(['search', 'close']);
  });

  it('is nothing while it is erased, and once it is closed; what a worker is at can only be closed', () => {
    const idle = SubjectRequestState.options.filter((state) => stepsOf(request({ state })).length === 0);
    expect(idle).toEqual(['erasing', 'closed']);
    for (const state of ['searching', 'exporting'] as const) expect(stepsOf(request({ state }))).toEqual(['close']);
    expect(SubjectRequestState.options.filter((state) => isWorkedOn({ state }))).toEqual(['searching', 'exporting', 'erasing']);
  });
});
