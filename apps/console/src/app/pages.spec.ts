import type { SessionView } from '@app/contracts';
import { offeredTo } from '../sign-in/access';
import { offeredRoute, pagesOf } from './pages';

const person = (scopes: string[]) => ({ scopes }) as unknown as SessionView;
const accessOf = (scopes: string[]) => ({ person: person(scopes), may: offeredTo(person(scopes)) });
const labels = (scopes: string[]) => pagesOf(accessOf(scopes)).map(({ label }) => label);

describe('pages', () => {
  it('are offered as far as the session’s scopes go', () => {
    expect(labels(['receipt.read', 'approval.read'])).toEqual(['nav.receipts', 'nav.approvals']);
    expect(labels(['user.read', 'role.assign', 'apiKey.manage'])).toEqual(['nav.people', 'nav.keys']);
    expect(labels([])).toEqual([]);
  });

  it('lead from a page that is not offered to the first that is', () => {
    expect(offeredRoute({ page: 'costs' }, accessOf(['audit.read']))).toEqual({ page: 'audit' });
    expect(offeredRoute({ page: 'costs' }, accessOf(['charge.read']))).toEqual({ page: 'costs' });
    expect(offeredRoute({ page: 'costs' }, accessOf([]))).toBeNull();
  });

  it('let every person see their account', () => {
    expect(offeredRoute({ page: 'account' }, accessOf([]))).toEqual({ page: 'account' });
  });
});
