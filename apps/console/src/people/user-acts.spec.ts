import type { SessionView, UserView } from '@app/contracts';
import { offeredTo } from '../sign-in/access';
import { actsOn } from './user-acts';

const access = (scopes: string[]) => {
  const person = { user: { id: 'me' }, scopes } as unknown as SessionView;
  return { person, may: offeredTo(person) };
};
const user = (change: Partial<UserView> = {}) => ({ id: 'u1', state: 'active', source: 'local', ...change }) as UserView;

describe('what is offered upon a user', () => {
  it('is in two hands: one gives roles and makes nobody, the other the reverse', () => {
    expect(actsOn(user(), access(['role.assign']))).toEqual(['assign']);
    expect(actsOn(user(), access(['user.manage']))).toEqual(['resetPassword', 'resetTotp', 'endSessions', 'disable']);
    expect(actsOn(user(), access(['user.read']))).toEqual([]);
  });

  it('is nothing upon oneself', () => {
    expect(actsOn(user({ id: 'me' }), access(['user.manage', 'role.assign']))).toEqual([]);
  });

  it('follows the state, and leaves passwords of other sources alone', () => {
    expect(actsOn(user({ state: 'locked' }), access(['user.manage']))[0]).toBe('unlock');
    expect(actsOn(user({ state: 'disabled' }), access(['user.manage']))).toEqual(['enable']);
    expect(actsOn(user({ source: 'ldap' }), access(['user.manage']))).toEqual(['endSessions', 'disable']);
  });
});
