import type { ApprovalView, SessionView } from '@app/contracts';
import { standingOf, waitingFor } from './deciding';

const person = { user: { id: 'u1' }, scopes: ['approval.read', 'approval.decide', 'ledger.book'] } as unknown as SessionView;
const proposal = (change: Partial<ApprovalView> = {}) =>
  ({
    state: 'open',
    proposedBy: { type: 'user', id: 'u2', name: '王' },
    decidedWith: ['ledger.book'],
    ...change,
  }) as unknown as ApprovalView;

describe('what a person can do with a proposal', () => {
  it('is to decide that of another, with the scopes of the act', () => {
    expect(standingOf(proposal(), person)).toBe('decide');
    expect(standingOf(proposal({ decidedWith: ['policy.manage'] }), person)).toBe('look');
    expect(standingOf(proposal(), { ...person, scopes: ['approval.read', 'ledger.book'] })).toBe('look');
  });

  it('is to take back what is their own, whatever they may', () => {
    expect(standingOf(proposal({ proposedBy: { type: 'user', id: 'u1', name: '李' } }), person)).toBe('withdraw');
  });

  it('is to look, once it is closed', () => {
    expect(standingOf(proposal({ state: 'approved' }), person)).toBe('look');
  });

  it('counts what waits for them, and not what waits for others', () => {
    const own = proposal({ proposedBy: { type: 'user', id: 'u1', name: '李' } });
    expect(waitingFor([proposal(), own, proposal({ state: 'expired' })], person)).toBe(1);
  });
});
