import type { UserPage, UserPasswordView, UserView } from '@app/contracts';
import { isLocked, type User, type UserWithPassword } from '@app/identity';

export function toUserView(user: User): UserView {
  const { id, login, displayName, departmentId, source, roles, mustChangePassword, createdAt, lastSignInAt } = user;
  const locked = isLocked(user, new Date());
  return {
    id,
    login,
    displayName,
    departmentId,
    state: user.state === 'active' && locked ? 'locked' : user.state,
    lockedUntil: locked ? (user.lockedUntil?.toISOString() ?? null) : null,
    source,
    roles: [...roles],
    mustChangePassword,
    createdAt: createdAt.toISOString(),
    lastSignInAt: lastSignInAt?.toISOString() ?? null,
  };
}

export function toUserPasswordView({ user, oneTimePassword }: UserWithPassword): UserPasswordView {
  return { ...toUserView(user), oneTimePassword };
}

/** A full page may have another one behind it. */
export function toUserPage(users: readonly User[], limit: number): UserPage {
  return { items: users.map(toUserView), next: users.length < limit ? null : (users.at(-1)?.login ?? null) };
}
