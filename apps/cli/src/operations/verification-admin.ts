import { userInfo } from 'node:os';
import type { Actor } from '@app/database';
import { type VerificationAdmin, withVerificationAdmin } from '@app/verification';
import { requireOwnerUrl } from './owner-url';
import { UserDeciders } from './user-deciders';

/** Runs a piece of administration of verification as the owner role, told in its records as the person at the keyboard. */
export async function asVerificationOperator<T>(work: (admin: VerificationAdmin, actor: Actor) => Promise<T>): Promise<T> {
  const { username } = userInfo();
  const options = { ownerUrl: requireOwnerUrl(), applicationName: 'piaoyan-cli', deciders: new UserDeciders() };
  return withVerificationAdmin(options, (admin) => work(admin, { type: 'operator', id: username, name: username }));
}
