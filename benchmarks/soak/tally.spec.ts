import { tallyOf } from './tally';

describe('tallyOf', () => {
  it('calls lost what is not there and what is still waiting', () => {
    const stored = [
      { id: 'a', state: 'read' },
      { id: 'b', state: 'failed' },
      { id: 'c', state: 'queued' },
      { id: 'x', state: 'read' },
    ] as const;
    expect(tallyOf(['a', 'b', 'c', 'd'], stored)).toEqual({ accepted: 4, read: 1, failed: 1, lost: ['c', 'd'], unasked: 1 });
  });
});
