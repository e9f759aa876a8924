import { User } from './user.entity';

/** A user with some values changed; the given one stays as it is. */
export function changedUser(user: User, change: Partial<User>): User {
  return Object.assign(new User(), user, change);
}
