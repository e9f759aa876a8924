import type { UserView } from '@app/contracts';
import type { Access } from '../sign-in/access';

/** What can be done with a user. */
export type UserAct = 'assign' | 'disable' | 'enable' | 'unlock' | 'resetPassword' | 'resetTotp' | 'endSessions';

/** The acts that are offered upon a user: none upon oneself, and each only to the hand that has it. */
export function actsOn(user: Pick<UserView, 'id' | 'state' | 'source'>, { may, person }: Pick<Access, 'may' | 'person'>): UserAct[] {
  if (user.id === person.user.id) return [];
  const acts: UserAct[] = [];
  if (may('role.assign')) acts.push('assign');
  if (!may('user.manage')) return acts;
  if (user.state === 'locked') acts.push('unlock');
  if (user.source === 'local' && user.state !== 'disabled') acts.push('resetPassword', 'resetTotp');
  acts.push(...(user.state === 'disabled' ? (['enable'] as const) : (['endSessions', 'disable'] as const)));
  return acts;
}
